// An Entra application's client secret for an access token of a resource.
// learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow

#include "scanner/privilege/schemes/exchange.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/template.h"

namespace overreach {

Status sign_azure(const Words& words, SchemeInput& input,
                  HttpRequest& request) {
  TRY_ASSIGN(const std::string resource,
             filled(words, 1, "https://management.azure.com", input));
  const auto tenant = input.expand("{fact.azure-tenant-id}");
  const auto client = input.expand("{fact.azure-client-id}");
  if (!tenant || !client) {
    return fail("its tenant and client ids are not known");
  }
  const std::string host = input.expand("{endpoint}").value_or(
      "https://login.microsoftonline.com");
  TRY_ASSIGN(
      const std::string token,
      exchange(host + "/" + percent_encoded(*tenant) + "/oauth2/v2.0/token",
               "scope=" + percent_encoded(resource + "/.default") +
                   "&grant_type=client_credentials&client_id=" +
                   percent_encoded(*client) + "&client_secret=" +
                   percent_encoded(input.credential.secret.reveal()),
               input, request));
  request.headers.emplace_back("Authorization", "Bearer " + token);
  return {};
}

}  // namespace overreach
