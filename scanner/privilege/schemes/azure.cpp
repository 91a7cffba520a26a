// An Entra application's client secret for an access token of a resource.
// learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scanner/privilege/schemes/exchange.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/template.h"

namespace overreach {
namespace {

constexpr std::string_view kLogin = "https://login.microsoftonline.com";
constexpr std::string_view kManagement = "https://management.azure.com";
constexpr int kWrongSecret = 7000215;
constexpr int kExpiredSecret = 7000222;

// Other codes leave it open: a rule of conditional access (53003) is asked only
// after the secret was right, and an unknown application (700016) may only mean
// that its tenant is another.
bool is_dead_secret(const nlohmann::json& reply) {
  const auto codes =
      reply.is_object() ? reply.find("error_codes") : reply.end();
  if (codes == reply.end() || !codes->is_array()) {
    return text_member(reply, "error") == "invalid_client";
  }
  return std::any_of(codes->begin(), codes->end(), [](const auto& code) {
    return code == kWrongSecret || code == kExpiredSecret;
  });
}

}  // namespace

Status sign_azure(const Words& words, SchemeInput& input,
                  HttpRequest& request) {
  TRY_ASSIGN(const std::string resource, filled(words, 1, kManagement, input));
  const auto tenant = input.expand("{fact.azure-tenant-id}");
  const auto client = input.expand("{fact.azure-client-id}");
  if (!tenant || !client) {
    return fail("its tenant and client ids are not known");
  }
  const std::string host =
      input.expand("{endpoint}").value_or(std::string(kLogin));
  Exchange ask;
  ask.url = host + "/" + percent_encoded(*tenant) + "/oauth2/v2.0/token";
  ask.scope = resource + "/.default";
  ask.form =
      "scope=" + percent_encoded(ask.scope) +
      "&grant_type=client_credentials&client_id=" + percent_encoded(*client) +
      "&client_secret=" + percent_encoded(input.credential.secret.reveal());
  ask.is_dead = is_dead_secret;
  TRY_ASSIGN(const std::string token, exchange(ask, input, request));
  return add_header("Authorization", "Bearer " + token, request);
}

}  // namespace overreach
