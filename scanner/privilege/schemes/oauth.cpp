// OAuth client credentials: an id and a secret for an access token.
// RFC 6749, section 4.4; the pair goes as HTTP Basic (2.3.1).

#include "scanner/base/encoding.h"
#include "scanner/privilege/schemes/exchange.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/template.h"

namespace overreach {
namespace {

bool is_dead_client(const nlohmann::json& reply) {
  return text_member(reply, "error") == "invalid_client" ||
         text_member(reply, "errorCode") == "INVALID_CLIENT";
}

// "https://host/api" -> "https://host"
std::string origin_of(const std::string& url) {
  const std::size_t host = url.find("://");
  return host == url.npos ? url : url.substr(0, url.find('/', host + 3));
}

}  // namespace

Status sign_oauth(const Words& words, SchemeInput& input,
                  HttpRequest& request) {
  if (words.size() < 3) return fail("oauth: needs the client id and a path");
  TRY_ASSIGN(const std::string client, filled(words, 1, "", input));
  Exchange ask;
  ask.url = origin_of(request.url) + words[2];
  ask.form = "grant_type=client_credentials";
  ask.authorization =
      "Basic " + encode_base64(client + ":" +
                               std::string(input.credential.secret.reveal()));
  ask.is_dead = is_dead_client;
  TRY_ASSIGN(const std::string token, exchange(ask, input, request));
  return add_header("Authorization", "Bearer " + token, request);
}

}  // namespace overreach
