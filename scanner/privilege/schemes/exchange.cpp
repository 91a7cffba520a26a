#include "scanner/privilege/schemes/exchange.h"

#include <nlohmann/json.hpp>

namespace overreach {

std::string text_member(const nlohmann::json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>()
                                                     : std::string();
}

Result<std::string> exchange(const Exchange& ask, SchemeInput& input,
                             const HttpRequest& request) {
  std::string& kept = input.session[ask.url + " " + ask.scope];
  if (!kept.empty()) return kept;
  HttpRequest post;
  post.provider = request.provider;
  post.method = "POST";
  post.url = ask.url;
  post.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  if (!ask.authorization.empty()) {
    post.headers.emplace_back("Authorization", ask.authorization);
  }
  post.body = ask.form;
  post.reads_because = "makes an access token of an hour and changes nothing";
  const HttpReply reply = input.transport.send(post);
  if (reply.status == 0) return fail(reply.error);
  const auto body = nlohmann::json::parse(reply.body, nullptr, false);
  std::string token = text_member(body, "access_token");
  if (reply.status == 200 && !token.empty()) return kept = std::move(token);
  const bool dead = (reply.status == 400 || reply.status == 401) &&
                    ask.is_dead && ask.is_dead(body);
  return fail((dead ? std::string(kDead) : "") +
              "no access token: " + text_member(body, "error") + " (status " +
              std::to_string(reply.status) + ")");
}

}  // namespace overreach
