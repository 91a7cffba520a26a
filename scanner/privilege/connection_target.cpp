// A credential's connection: the whole text may be the secret, or the secret is
// the password and the fact "url" has the rest; a key of NATS stands beside the
// URL of its server.

#include "scanner/base/text.h"
#include "scanner/privilege/connection.h"
#include "scanner/privilege/connection_url.h"

namespace overreach {

Result<ConnectionTarget> connection_target(const Credential& credential) {
  for (const auto& [name, url] : credential.facts) {
    if (name != "url") continue;
    TRY_ASSIGN(ConnectionTarget target, parse_connection_url(url));
    target.password = Secret(percent_decoded(credential.secret.reveal()));
    return target;
  }
  for (const CredentialPart& server : credential.parts) {
    if (server.rule != "nats-server") continue;
    TRY_ASSIGN(ConnectionTarget target,
               parse_connection_url(server.secret.reveal()));
    target.password = credential.secret;
    for (const CredentialPart& part : credential.parts) {
      if (part.rule == "nats-user-jwt") target.token = part.secret;
    }
    return target;
  }
  return parse_connection_url(credential.secret.reveal());
}

}  // namespace overreach
