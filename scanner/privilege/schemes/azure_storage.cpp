// Shared Key of a storage account.
// learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key

#include <algorithm>
#include <map>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/schemes/signing.h"

namespace overreach {
namespace {

constexpr std::string_view kVersion = "2021-12-02";

struct Account {
  std::string name, key;  // the key in base64
};

// The secret is the key or a connection string with both.
Result<Account> account_of(const SchemeInput& input) {
  const std::string_view secret = input.credential.secret.reveal();
  Account account{setting_of(secret, "AccountName"),
                  setting_of(secret, "AccountKey")};
  if (account.key.empty()) account.key = secret;
  if (account.name.empty()) {
    account.name =
        first_known({"{fact.azure-storage-account}", "{fact.account}"}, input);
  }
  if (account.name.empty()) return fail("its storage account is not known");
  return account;
}

// "x-ms-date:...\n" for each such header, by name.
std::string canonical_headers(const HttpRequest& request) {
  std::map<std::string, std::string> sorted;
  for (const auto& [name, value] : request.headers) {
    std::string lower = lower_case(name);
    if (lower.starts_with("x-ms-")) sorted[std::move(lower)] = squeezed(value);
  }
  std::string text;
  for (const auto& [name, value] : sorted) text += name + ":" + value + "\n";
  return text;
}

// The parameters as lines "\nname:value", decoded and by name.
std::string canonical_parameters(std::string_view query) {
  std::map<std::string, std::vector<std::string>> sorted;
  for (const auto& [name, value] : query_pairs(query)) {
    sorted[lower_case(percent_decoded(name))].push_back(percent_decoded(value));
  }
  std::string text;
  for (auto& [name, values] : sorted) {
    std::sort(values.begin(), values.end());
    text += "\n" + name + ":";
    for (std::size_t i = 0; i < values.size(); ++i) {
      text += (i == 0 ? "" : ",") + values[i];
    }
  }
  return text;
}

// Tables sign little, and of the parameters only `comp`.
std::string table_text(const HttpRequest& request, const RequestTarget& target,
                       const std::string& account) {
  std::string resource = "/" + account + target.path;
  for (const auto& [name, value] : query_pairs(target.query)) {
    if (name == "comp") resource += "?comp=" + percent_decoded(value);
  }
  return request.method + "\n" + header_of(request, "Content-MD5") + "\n" +
         header_of(request, "Content-Type") + "\n" +
         header_of(request, "x-ms-date") + "\n" + resource;
}

std::string service_text(const HttpRequest& request,
                         const RequestTarget& target,
                         const std::string& account) {
  const std::string length =
      request.body.empty() ? "" : std::to_string(request.body.size());
  std::string text = request.method + "\n";
  text += header_of(request, "Content-Encoding") + "\n";
  text += header_of(request, "Content-Language") + "\n";
  text += length + "\n";
  text += header_of(request, "Content-MD5") + "\n";
  text += header_of(request, "Content-Type") + "\n";
  text += "\n";  // Date: x-ms-date stands for it
  for (const char* name : {"If-Modified-Since", "If-Match", "If-None-Match",
                           "If-Unmodified-Since", "Range"}) {
    text += header_of(request, name) + "\n";
  }
  return text + canonical_headers(request) + "/" + account + target.path +
         canonical_parameters(target.query);
}

}  // namespace

Status sign_azure_storage(const Words& words, SchemeInput& input,
                          HttpRequest& request) {
  TRY_ASSIGN(const Account account, account_of(input));
  const auto key = decode_base64(account.key);
  if (!key || key->empty()) return fail("its key is no base64");
  if (header_of(request, "x-ms-version").empty()) {
    request.headers.emplace_back("x-ms-version", kVersion);
  }
  TRY(add_header("x-ms-date", http_date(input.now), request));
  const RequestTarget target = target_of(request.url);
  const bool is_table = words.size() > 1 && words[1] == "table";
  const std::string text = is_table
                               ? table_text(request, target, account.name)
                               : service_text(request, target, account.name);
  return add_header("Authorization",
                    "SharedKey " + account.name + ":" +
                        encode_base64(hmac_sha256(*key, text)),
                    request);
}

}  // namespace overreach
