// What the connections of all protocols share.
//
// The rule for passwords: across the internet a password goes only over TLS
// whose certificate is the host's, or by a way of logging in that does not hand
// it over.  An address that is private was the user's explicit choice (the
// policy refuses all others), and its servers rarely have certificates that
// anybody could check, so there TLS is used but not checked.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/privilege/connection.h"

namespace overreach {

struct PinnedAddress {
  std::string address;  // "10.0.0.1", "::1"
  std::uint16_t port = 0;
  bool is_private = false;
};

// Resolves the host once; everything after connects to this address.  Fails
// unless the policy agrees to the host and to each of its addresses.
Result<PinnedAddress> pin_address(const ConnectionTarget& target,
                                  std::uint16_t default_port,
                                  const Policy& policy);

// The first line of what a server or library says, printable, at most 200
// bytes, without the password.
std::string clean_error(std::string_view text, const Secret& password);

Connected not_connected(Outcome outcome, std::string error);

// The certificates the system trusts, as one file; empty when there is none.
std::string trusted_certificates();

Connected connect_postgres(const ConnectionTarget& target,
                           const Policy& policy);
Connected connect_mysql(const ConnectionTarget& target, const Policy& policy);
Connected connect_redis(const ConnectionTarget& target, const Policy& policy);
Connected connect_mongo(const ConnectionTarget& target, const Policy& policy);
Connected connect_nats(const ConnectionTarget& target, const Policy& policy);

}  // namespace overreach
