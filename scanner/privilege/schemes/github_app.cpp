// The private key of a GitHub App signs a JWT that stands for the app itself
// for some minutes; tokens of its installations are never made.
// docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/
// generating-a-json-web-token-jwt-for-a-github-app

#include <nlohmann/json.hpp>

#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/schemes/signed_jwt.h"

namespace overreach {
namespace {

constexpr std::int64_t kClockDrift = 60;  // seconds, as GitHub advises
constexpr std::int64_t kSeconds = 300;    // ten minutes at most

}  // namespace

Status sign_github_app(const Words&, SchemeInput& input, HttpRequest& request) {
  const std::string app =
      first_known({"{fact.github-client-id}", "{fact.github-app-id}"}, input);
  if (app.empty()) return fail("which app it is the key of is not known");
  TRY_ASSIGN(const std::string jwt,
             signed_jwt(input.credential.secret.reveal(), "",
                        {{"iss", app},
                         {"iat", input.now - kClockDrift},
                         {"exp", input.now + kSeconds}}));
  return add_header("Authorization", "Bearer " + jwt, request);
}

}  // namespace overreach
