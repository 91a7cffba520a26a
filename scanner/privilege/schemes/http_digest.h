// HTTP Digest: the server sends a number used once, the client its hash with
// the password, which never leaves.  RFC 7616, MD5 and SHA-256 with qop "auth".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scanner/privilege/http.h"

namespace overreach {

struct DigestChallenge {
  std::string realm, nonce, opaque;
  bool has_opaque = false;  // an empty one is given back, too
  std::string algorithm;    // as the server wrote it; empty: MD5
  bool is_sha256 = false;
};

// Of a 401: the first challenge that can be answered.  Nothing when there is
// none, or only of algorithms or a quality of protection that are not ours.
std::optional<DigestChallenge> digest_challenge(const HttpReply& reply);

struct DigestAnswer {
  std::string_view user, password, method;
  std::string_view uri;           // path and query as they are sent
  std::string_view client_nonce;  // random, without quotes
};

// The value of the Authorization header.
std::string digest_authorization(const DigestChallenge& challenge,
                                 const DigestAnswer& answer);

}  // namespace overreach
