// A credential's connection: the whole text may be the secret, or the secret is
// the password and the fact "url" has the rest.

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
  return parse_connection_url(credential.secret.reveal());
}

}  // namespace overreach
