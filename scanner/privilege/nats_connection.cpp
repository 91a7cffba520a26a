// NATS.  The server greets with a line of JSON; a user and password go out in
// CONNECT as they are, hence only through checked TLS, or to a private address
// the user named.  Of a seed only a signature goes out.
//
// A statement is the subject of a request, one of those in statement_check.cpp
// that the server answers itself without changing anything.  Nothing else is
// ever published, and only to an inbox of our own do we subscribe.  "PING" is
// answered with the greeting.
//
// Replies are {"reply": ...}.

#include <openssl/rand.h>

#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "scanner/base/encoding.h"
#include "scanner/privilege/connection_tools.h"
#include "scanner/privilege/nats_keys.h"
#include "scanner/privilege/nats_protocol.h"
#include "scanner/privilege/statement_check.h"
#include "scanner/privilege/stream.h"

namespace overreach {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{15};  // for one statement

// "INFO {...}", without the end of its line.
Result<Json> greeting_of(const std::string& line) {
  const std::size_t blank = line.find_first_of(" \t");
  if (line.starts_with("INFO") && blank != line.npos) {
    Json info = Json::parse(line.substr(blank), nullptr, false);
    if (info.is_object()) return info;
  }
  return fail("it does not greet as NATS does");
}

bool is_true(const Json& info, const char* name) {
  const auto at = info.find(name);
  return at != info.end() && at->is_boolean() && at->get<bool>();
}

// Empty when there is none, or it is no text.
std::string text_of(const Json& info, const char* name) {
  const auto at = info.find(name);
  return at != info.end() && at->is_string() ? at->get<std::string>()
                                             : std::string();
}

// What comes after "-ERR", in single quotes.
Outcome outcome_of_login(std::string_view error) {
  for (const std::string_view refusal :
       {"Authorization Violation", "User Authentication Expired",
        "User Authentication Revoked"}) {
    if (error.find(refusal) != error.npos) return Outcome::dead;
  }
  return Outcome::unclear;
}

std::string new_inbox() {
  std::array<unsigned char, 16> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  return "_INBOX." + encode_hex({reinterpret_cast<const char*>(bytes.data()),
                                 bytes.size()});
}

class NatsConnection : public Connection {
 public:
  NatsConnection(std::unique_ptr<Stream> stream, Json info, Secret password)
      : stream_(std::move(stream)),
        info_(std::move(info)),
        password_(std::move(password)) {}

  StatementReply log_in(const ConnectionTarget& target) {
    Json options = {
        {"verbose", false}, {"pedantic", false},     {"echo", false},
        {"headers", true},  {"no_responders", true}, {"protocol", 1},
        {"lang", "c++"},    {"version", "1"},        {"name", "overreach"}};
    if (is_nats_user_seed(password_)) {
      const auto proof = sign_for_nats(password_, text_of(info_, "nonce"));
      if (!proof) return {Outcome::unclear, "", proof.error().text};
      options["sig"] = proof->signature;
      if (target.token.empty()) {
        options["nkey"] = proof->public_key;
      } else {
        options["jwt"] = target.token.reveal();
      }
    } else {
      options["user"] = target.user;
      options["pass"] = password_.reveal();
    }
    const std::string text =
        options.dump(-1, ' ', false, Json::error_handler_t::replace);
    StatementReply reply = exchange("CONNECT " + text + "\r\n", "");
    if (reply.outcome != Outcome::ok && !reply.error.empty()) {
      reply.outcome = outcome_of_login(reply.error);
    }
    return reply;
  }

  StatementReply ask(std::string_view statement) override {
    if (Status good = check_statement("nats", statement); !good) {
      return {Outcome::unclear, "", good.error().text};
    }
    if (statement == "PING") {
      StatementReply reply = exchange("", "");
      reply.json = Json{{"reply", info_}}.dump(-1, ' ', false,
                                               Json::error_handler_t::replace);
      return reply;
    }
    const std::string inbox = new_inbox();
    const std::string id = std::to_string(++subscriptions_);
    return exchange("SUB " + inbox + " " + id + "\r\nUNSUB " + id +
                        " 1\r\nPUB " + std::string(statement) + " " + inbox +
                        " 0\r\n\r\n",
                    inbox);
  }

 private:
  // Sends, and waits for PONG and, if there is an inbox, for what comes there.
  // The server answers in order what is about us, requests when it likes.
  StatementReply exchange(const std::string& lines, const std::string& inbox) {
    if (!stream_) return {Outcome::unclear, "", "the connection is closed"};
    StatementReply reply;
    bool has_pong = false, is_done = inbox.empty();
    const auto end = Clock::now() + kPatience;
    if (Status sent = stream_->write(lines + "PING\r\n"); !sent) {
      return broken(reply, sent.error().text);
    }
    while (!has_pong || !is_done) {
      if (Clock::now() > end) return broken(reply, "no answer in time");
      auto operation = take_nats_operation(bytes_);
      if (!operation) return broken(reply, operation.error().text);
      if (!*operation) {
        Result<std::string> more = stream_->read();
        if (!more) return broken(reply, more.error().text);
        bytes_ += *more;
        continue;
      }
      const NatsOperation& said = **operation;
      if (said.name == "PONG") has_pong = true;
      if (said.name == "PING") {
        if (!stream_->write("PONG\r\n")) return broken(reply, "it broke");
      }
      if (said.name == "-ERR") {
        const bool is_permission =
            said.arguments.find("Permissions Violation") != said.arguments.npos;
        reply.outcome = is_permission ? Outcome::denied : Outcome::unclear;
        reply.error = clean_error(said.arguments, password_);
        is_done = true;
      }
      if (!inbox.empty() && said.arguments.starts_with(inbox + " ")) {
        take_answer(said, reply);
        is_done = true;
      }
    }
    if (inbox.empty() && reply.error.empty()) reply.outcome = Outcome::ok;
    return reply;
  }

  static void take_answer(const NatsOperation& said, StatementReply& reply) {
    if (said.headers.starts_with("NATS/1.0 503")) {
      reply.outcome = Outcome::missing;
      reply.error = "nobody answers there";
      return;
    }
    const Json value = Json::parse(said.payload, nullptr, false);
    if (value.is_discarded()) {
      reply.error = "its answer is no JSON";
      return;
    }
    reply.outcome = Outcome::ok;
    reply.json = Json{{"reply", value}}.dump(-1, ' ', false,
                                             Json::error_handler_t::replace);
  }

  // What comes later would be taken for another answer.  A refusal that came
  // before the connection went is the answer.
  StatementReply broken(StatementReply reply, const std::string& error) {
    stream_.reset();
    if (reply.error.empty()) {
      reply.outcome = Outcome::unclear;
      reply.error = clean_error(error, password_);
    }
    return reply;
  }

  std::unique_ptr<Stream> stream_;
  Json info_;
  Secret password_;
  std::string bytes_;  // received, not taken yet
  int subscriptions_ = 0;
};

}  // namespace

Connected connect_nats(const ConnectionTarget& target, const Policy& policy) {
  if (target.password.empty()) {
    return not_connected(Outcome::unclear, "no password");
  }
  const auto pinned = pin_address(target, 4222, policy);
  if (!pinned) return not_connected(Outcome::unclear, pinned.error().text);
  Json info;
  auto stream = open_greeted_stream(
      *pinned, target.host, [&](const std::string& line) -> Result<StreamTls> {
        TRY_ASSIGN(info, greeting_of(line));
        const bool has_tls =
            is_true(info, "tls_required") || is_true(info, "tls_available");
        if (pinned->is_private) {
          return has_tls ? StreamTls::unchecked : StreamTls::none;
        }
        if (has_tls) return StreamTls::checked;
        return fail(
            "without TLS the password would cross the internet in the clear");
      });
  if (!stream) return not_connected(Outcome::unclear, stream.error().text);
  const bool is_open = !is_true(info, "auth_required");
  auto connection = std::make_unique<NatsConnection>(
      std::move(*stream), std::move(info), target.password);
  const StatementReply reply = connection->log_in(target);
  if (reply.outcome != Outcome::ok) {
    return not_connected(reply.outcome, reply.error);
  }
  return {std::move(connection), Outcome::ok,
          is_open ? "the server asks nobody for a password" : ""};
}

}  // namespace overreach
