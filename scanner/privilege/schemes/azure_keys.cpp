// Keys of Azure's services: each signs requests in a way of its own, all with
// HMAC-SHA256; and shared access signatures, which somebody has signed already.
// Cosmos DB:         learn.microsoft.com/rest/api/cosmos-db/
//                    access-control-on-cosmosdb-resources
// Service Bus:       learn.microsoft.com/azure/service-bus-messaging/
//                    service-bus-sas
// App Configuration: learn.microsoft.com/azure/azure-app-configuration/
//                    rest-api-authentication-hmac

#include <algorithm>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/schemes/signing.h"
#include "scanner/privilege/template.h"

namespace overreach {
namespace {

constexpr std::int64_t kServiceBusSeconds = 600;

// What is signed of "/dbs/a/colls": the kind of resources and whose they are.
// A path that ends in an id is about that resource itself.
struct CosmosResource {
  std::string kind, link;
};

CosmosResource cosmos_resource(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0) names.push_back(percent_decoded(path.substr(0, slash)));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  const bool is_list = names.size() % 2 == 1;
  CosmosResource resource;
  for (std::size_t i = 0; i + (is_list ? 1 : 0) < names.size(); ++i) {
    resource.link += (i == 0 ? "" : "/") + names[i];
  }
  if (!names.empty()) resource.kind = names[names.size() - (is_list ? 1 : 2)];
  return resource;
}

// Separators as HTML and JSON write them.
std::string plain_query(std::string_view text) {
  std::string query(text);
  for (const std::string_view written : {"&amp;", "\\u0026"}) {
    for (std::size_t at; (at = query.find(written)) != query.npos;) {
      query.replace(at, written.size(), "&");
    }
  }
  return query;
}

}  // namespace

// The credential is the query itself: encoded once more it would be another.
Status sign_azure_sas(const Words&, SchemeInput& input, HttpRequest& request) {
  const std::string query = plain_query(input.credential.secret.reveal());
  if (query.find_first_of("# \r\n") != query.npos) {
    return fail("it is not the query of a URL");
  }
  request.url += request.url.find('?') == request.url.npos ? "?" : "&";
  request.url += query;
  return {};
}

Status sign_azure_cosmos(const Words&, SchemeInput& input,
                         HttpRequest& request) {
  const auto key = decode_base64(input.credential.secret.reveal());
  if (!key || key->empty()) return fail("its key is no base64");
  const std::string date = lower_case(http_date(input.now));
  const CosmosResource resource = cosmos_resource(target_of(request.url).path);
  const std::string text = lower_case(request.method) + "\n" + resource.kind +
                           "\n" + resource.link + "\n" + date + "\n\n";
  TRY(add_header("x-ms-date", date, request));
  return add_header("Authorization",
                    percent_encoded("type=master&ver=1.0&sig=" +
                                    encode_base64(hmac_sha256(*key, text))),
                    request);
}

// The key's bytes are its text, not what it stands for in base64.
Status sign_azure_servicebus(const Words&, SchemeInput& input,
                             HttpRequest& request) {
  const std::string_view secret = input.credential.secret.reveal();
  const std::string policy = setting_of(secret, "SharedAccessKeyName");
  const std::string key = setting_of(secret, "SharedAccessKey");
  if (policy.empty() || key.empty()) {
    return fail("its policy or its key is not known");
  }
  const std::string host = target_of(request.url).host;
  const std::string audience = percent_encoded("https://" + host + "/");
  const std::string expiry = std::to_string(input.now + kServiceBusSeconds);
  const std::string signature =
      encode_base64(hmac_sha256(key, audience + "\n" + expiry));
  return add_header("Authorization",
                    "SharedAccessSignature sr=" + audience +
                        "&sig=" + percent_encoded(signature) + "&se=" + expiry +
                        "&skn=" + percent_encoded(policy),
                    request);
}

// The secret is the connection string, with the key's id in it.
Status sign_azure_appconfig(const Words&, SchemeInput& input,
                            HttpRequest& request) {
  const std::string_view secret = input.credential.secret.reveal();
  const std::string id = setting_of(secret, "Id");
  const auto key = decode_base64(setting_of(secret, "Secret"));
  if (id.empty() || !key || key->empty()) {
    return fail("its id is not known, or its key is no base64");
  }
  const RequestTarget target = target_of(request.url);
  const std::string date = http_date(input.now);
  const std::string body_hash = encode_base64(sha256(request.body));
  const std::string path =
      target.query.empty() ? target.path : target.path + "?" + target.query;
  const std::string text = request.method + "\n" + path + "\n" + date + ";" +
                           target.host + ";" + body_hash;
  TRY(add_header("x-ms-date", date, request));
  TRY(add_header("x-ms-content-sha256", body_hash, request));
  return add_header("Authorization",
                    "HMAC-SHA256 Credential=" + id +
                        "&SignedHeaders=x-ms-date;host;x-ms-content-sha256"
                        "&Signature=" +
                        encode_base64(hmac_sha256(*key, text)),
                    request);
}

}  // namespace overreach
