// Redis, Valkey and what speaks like them.
//
// Commands go out one at a time, each from the list in statement_check.cpp, and
// the next one only after the reply: nothing is ever queued or pipelined, so
// none can run because another was refused.  AUTH sends the password as it is,
// hence only through checked TLS, or to a private address the user named.
//
// Replies are {"reply": ...}.  Texts of INFO become objects; hashes of
// passwords are cut out.

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "scanner/privilege/connection_tools.h"
#include "scanner/privilege/redis_protocol.h"
#include "scanner/privilege/statement_check.h"
#include "scanner/privilege/stream.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

struct Answer {
  Json value;
  std::string error;        // the server's word; empty when it did
  bool has_broken = false;  // no answer came at all
};

Outcome outcome_of(const Answer& answer) {
  if (answer.has_broken) return Outcome::unclear;
  if (answer.error.empty()) return Outcome::ok;
  if (answer.error.starts_with("WRONGPASS") ||
      answer.error.starts_with("ERR invalid password")) {
    return Outcome::dead;
  }
  if (answer.error.starts_with("NOPERM")) return Outcome::denied;
  // Older than the command, or its administrator renamed it.
  if (answer.error.starts_with("ERR unknown command") ||
      answer.error.starts_with("ERR Unknown subcommand") ||
      answer.error.starts_with("ERR unknown subcommand")) {
    return Outcome::missing;
  }
  return Outcome::unclear;
}

// "# Server\r\nredis_version:7.0.15\r\n..." -> {"redis_version": "7.0.15"}
Json lines_of(const std::string& text) {
  Json object = Json::object();
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find("\r\n", at), text.size());
    const std::string line = text.substr(at, end - at);
    const std::size_t colon = line.find(':');
    if (colon != line.npos && !line.starts_with('#')) {
      object[line.substr(0, colon)] = line.substr(colon + 1);
    }
    at = end + 2;
  }
  return object;
}

// "id=3 addr=127.0.0.1:5 user=default" -> object
Json words_of(const std::string& text) {
  Json object = Json::object();
  for (const std::string& word : split_words(text)) {
    const std::size_t equals = word.find('=');
    if (equals != word.npos) {
      object[word.substr(0, equals)] = word.substr(equals + 1);
    }
  }
  return object;
}

// RESP 2 has no maps: a list of names and values in turn.
Json paired(const Json& list) {
  if (!list.is_array() || list.size() % 2 != 0) return list;
  Json object = Json::object();
  for (std::size_t i = 0; i < list.size(); i += 2) {
    if (!list[i].is_string()) return list;
    object[list[i].get<std::string>()] = list[i + 1];
  }
  return object;
}

Json shaped(const std::vector<std::string>& words, Json value) {
  if (words[0] == "INFO" && value.is_string()) {
    return lines_of(value.get<std::string>());
  }
  if (words.size() < 2) return words[0] == "HELLO" ? paired(value) : value;
  if (words[0] == "CLIENT" && words[1] == "INFO" && value.is_string()) {
    return words_of(value.get<std::string>());
  }
  if (words[0] == "CLUSTER" && value.is_string()) {
    return lines_of(value.get<std::string>());
  }
  if (words[0] == "CONFIG") return paired(value);
  if (words[0] == "ACL" && words[1] == "GETUSER") {
    Json user = paired(value);
    if (!user.is_object()) return Json();
    user.erase("passwords");
    for (const char* const rules : {"commands", "keys", "channels"}) {
      const auto at = user.find(rules);
      if (at == user.end() || !at->is_string()) continue;  // a list before 7.0
      *at = split_words(at->get<std::string>());
    }
    return user;
  }
  return value;
}

class RedisConnection : public Connection {
 public:
  RedisConnection(std::unique_ptr<Stream> stream, Secret password)
      : stream_(std::move(stream)), password_(std::move(password)) {}

  // AUTH, then RESP 3 where the server knows it.
  Answer log_in(const std::string& user) {
    const std::string password(password_.reveal());
    Answer answer = user.empty() || user == "default"
                        ? send({"AUTH", password})
                        : send({"AUTH", user, password});
    constexpr std::string_view kOpen = "ERR AUTH <password> called without";
    const bool is_open =
        answer.error.starts_with(kOpen) || answer.error ==
                                               "ERR Client sent AUTH, but no "
                                               "password is set";
    if (is_open) answer.error.clear();
    if (outcome_of(answer) == Outcome::ok) send({"HELLO", "3"});
    if (is_open) open_note_ = "the server asks nobody for a password";
    return answer;
  }

  const std::string& open_note() const { return open_note_; }

  StatementReply ask(std::string_view statement) override {
    if (Status good = check_statement("redis", statement); !good) {
      return {Outcome::unclear, "", good.error().text};
    }
    std::vector<std::string> words = split_words(statement);
    // "ACL GETUSER self", "ACL DRYRUN self FLUSHALL"
    if (words.size() > 2 && words[0] == "ACL" && words[2] == "self") {
      words[2] = own_name();
      if (words[2].empty()) {
        return {Outcome::denied, "", "may not ask for its own name"};
      }
    }
    Answer answer = send(words);
    StatementReply reply{outcome_of(answer), "",
                         clean_error(answer.error, password_)};
    if (reply.outcome == Outcome::ok) {
      const Json value = shaped(words, std::move(answer.value));
      reply.json = Json{{"reply", value}}.dump(-1, ' ', false,
                                               Json::error_handler_t::replace);
    }
    return reply;
  }

 private:
  std::string own_name() {
    const Answer name = send({"ACL", "WHOAMI"});
    if (name.value.is_string() && name.error.empty()) return name.value;
    const Answer client = send({"CLIENT", "INFO"});
    if (!client.value.is_string() || !client.error.empty()) return "";
    return words_of(client.value.get<std::string>()).value("user", "");
  }

  Answer send(const std::vector<std::string>& words) {
    if (!stream_) return {Json(), "the connection is closed", true};
    if (Status sent = stream_->write(redis_command(words)); !sent) {
      return broken(sent.error().text);
    }
    while (true) {
      auto reply = take_redis_reply(bytes_);
      if (!reply) return broken(reply.error().text);
      if (*reply && (*reply)->is_error) {
        const Json& text = (*reply)->value;
        return {Json(), text.is_string() ? text : Json("ERR"), false};
      }
      if (*reply) return {std::move((*reply)->value), "", false};
      Result<std::string> more = stream_->read();
      if (!more) return broken(more.error().text);
      bytes_ += *more;
    }
  }

  // Replies that come later would be taken for those of other commands.
  Answer broken(std::string error) {
    stream_.reset();
    return {Json(), std::move(error), true};
  }

  std::unique_ptr<Stream> stream_;
  Secret password_;
  std::string bytes_;  // received, not taken yet
  std::string open_note_;
};

Result<StreamTls> tls_of(const ConnectionTarget& target,
                         const PinnedAddress& pinned) {
  using Tls = ConnectionTarget::Tls;
  if (target.tls == Tls::require) {
    return pinned.is_private ? StreamTls::unchecked : StreamTls::checked;
  }
  if (pinned.is_private) return StreamTls::none;
  return fail("without TLS the password would cross the internet in the clear");
}

}  // namespace

Connected connect_redis(const ConnectionTarget& target, const Policy& policy) {
  if (target.password.empty()) {
    return not_connected(Outcome::unclear, "no password");
  }
  const auto pinned = pin_address(target, 6379, policy);
  if (!pinned) return not_connected(Outcome::unclear, pinned.error().text);
  const auto tls = tls_of(target, *pinned);
  if (!tls) return not_connected(Outcome::unclear, tls.error().text);
  auto stream = open_stream(*pinned, target.host, *tls);
  if (!stream) return not_connected(Outcome::unclear, stream.error().text);
  auto connection =
      std::make_unique<RedisConnection>(std::move(*stream), target.password);
  const Answer answer = connection->log_in(target.user);
  const Outcome outcome = outcome_of(answer);
  if (outcome != Outcome::ok) {
    return not_connected(outcome, clean_error(answer.error, target.password));
  }
  const std::string note = connection->open_note();
  return {std::move(connection), Outcome::ok, note};
}

}  // namespace overreach
