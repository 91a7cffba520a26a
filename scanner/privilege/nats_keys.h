// Keys of NATS users: a seed proves who it is by a signature of what the server
// asks to be signed, and never leaves.
// docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth
#pragma once

#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/core/secret.h"

namespace overreach {

struct NatsProof {
  std::string public_key;  // "U..."
  std::string signature;   // base64url without padding
};

// "SU" and 56 letters and digits.
bool is_nats_user_seed(const Secret& text);

// Fails when the check digits of the seed are wrong.
Result<NatsProof> sign_for_nats(const Secret& seed, std::string_view nonce);

}  // namespace overreach
