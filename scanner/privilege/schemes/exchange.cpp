#include "scanner/privilege/schemes/exchange.h"

#include <nlohmann/json.hpp>

namespace overreach {

Result<std::string> exchange(const std::string& url, const std::string& form,
                             SchemeInput& input, const HttpRequest& request) {
  std::string& kept = input.session[url + form.substr(0, form.find('&'))];
  if (!kept.empty()) return kept;
  HttpRequest ask;
  ask.provider = request.provider;
  ask.method = "POST";
  ask.url = url;
  ask.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  ask.body = form;
  ask.reads_because = "makes an access token of an hour and changes nothing";
  const HttpReply reply = input.transport.send(ask);
  if (reply.status == 0) return fail(reply.error);
  const auto body = nlohmann::json::parse(reply.body, nullptr, false);
  const auto text = [&](const char* key) {
    return body.is_object() && body.contains(key) && body[key].is_string()
               ? body[key].get<std::string>()
               : std::string();
  };
  if (reply.status == 200 && !text("access_token").empty()) {
    return kept = text("access_token");
  }
  const std::string why = "no access token: " + text("error") + " (status " +
                          std::to_string(reply.status) + ")";
  const bool dead = (reply.status == 400 || reply.status == 401) &&
                    (text("error") == "invalid_grant" ||
                     text("error") == "invalid_client" ||
                     text("error") == "unauthorized_client");
  return fail((dead ? std::string(kDead) : "") + why);
}

}  // namespace overreach
