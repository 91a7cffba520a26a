// A Google service account key: a JWT signed with it is exchanged for an access
// token whose scope only reads.  An access token is used as it is.
// developers.google.com/identity/protocols/oauth2/service-account

#include <nlohmann/json.hpp>

#include "scanner/privilege/schemes/exchange.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/schemes/signed_jwt.h"
#include "scanner/privilege/template.h"

namespace overreach {
namespace {

constexpr std::string_view kScopes = "https://www.googleapis.com/auth/";
constexpr std::string_view kAccessToken = "ya29.";
constexpr std::string_view kReadOnly = "cloud-platform.read-only";
// Google's own, whatever the key file says in token_uri.
constexpr std::string_view kTokenUrl = "https://oauth2.googleapis.com/token";
constexpr std::string_view kGrant =
    "urn:ietf:params:oauth:grant-type:jwt-bearer";
constexpr std::int64_t kSeconds = 600;

struct ServiceAccount {
  std::string email, key_id, pem;
};

// The secret is the key file or the private key in it.
Result<ServiceAccount> service_account(const SchemeInput& input) {
  ServiceAccount account;
  account.pem = input.credential.secret.reveal();
  const auto file = nlohmann::json::parse(account.pem, nullptr, false);
  if (file.is_object()) {
    account.email = text_member(file, "client_email");
    account.key_id = text_member(file, "private_key_id");
    account.pem = text_member(file, "private_key");
  } else {
    account.email = first_known({"{fact.client_email}", "{fact.email}"}, input);
    account.key_id =
        first_known({"{fact.private_key_id}", "{fact.key_id}"}, input);
  }
  if (account.email.empty()) return fail("its client_email is not known");
  return account;
}

Result<std::string> assertion_of(const ServiceAccount& account,
                                 const std::string& scope, std::int64_t now) {
  return signed_jwt(account.pem, account.key_id,
                    {{"iss", account.email},
                     {"scope", scope},
                     {"aud", kTokenUrl},
                     {"iat", now},
                     {"exp", now + kSeconds}});
}

// "compute.readonly", ... of the scheme's words, as one text.
std::string scope_of(const Words& words) {
  if (words.size() < 2) return std::string(kScopes) + std::string(kReadOnly);
  std::string scope;
  for (std::size_t i = 1; i < words.size(); ++i) {
    scope += (i == 1 ? "" : " ") + std::string(kScopes) + words[i];
  }
  return scope;
}

// invalid_grant is also what a wrong clock gets.
bool is_dead_key(const nlohmann::json& reply) {
  const std::string why = text_member(reply, "error_description");
  return text_member(reply, "error") == "invalid_grant" &&
         (why.find("Invalid JWT Signature") != why.npos ||
          why.find("account not found") != why.npos);
}

}  // namespace

Status sign_google(const Words& words, SchemeInput& input,
                   HttpRequest& request) {
  const std::string secret(input.credential.secret.reveal());
  if (secret.starts_with(kAccessToken)) {
    return add_header("Authorization", "Bearer " + secret, request);
  }
  Exchange ask;
  ask.scope = scope_of(words);
  TRY_ASSIGN(const ServiceAccount account, service_account(input));
  TRY_ASSIGN(const std::string assertion,
             assertion_of(account, ask.scope, input.now));
  ask.url = input.expand("{endpoint}/token").value_or(std::string(kTokenUrl));
  ask.form =
      "grant_type=" + percent_encoded(kGrant) + "&assertion=" + assertion;
  ask.is_dead = is_dead_key;
  TRY_ASSIGN(const std::string token, exchange(ask, input, request));
  return add_header("Authorization", "Bearer " + token, request);
}

}  // namespace overreach
