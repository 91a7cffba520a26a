// MongoDB, and what speaks like it: commands as OP_MSG, one at a time.
// mongodb.com/docs/manual/reference/mongodb-wire-protocol
//
// Only the host of the text is spoken to, never the other members of a replica
// set that it names.  Ours and not libmongoc, which looks up hosts and follows
// replica sets by itself, past the policy.
//
// Logging in is by SCRAM alone, which hands no password over; so it may happen
// in the clear, unless the text wants TLS.

#include <openssl/evp.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "scanner/base/encoding.h"
#include "scanner/privilege/bson.h"
#include "scanner/privilege/connection_tools.h"
#include "scanner/privilege/mongo_names.h"
#include "scanner/privilege/scram.h"
#include "scanner/privilege/statement_check.h"
#include "scanner/privilege/stream.h"

namespace overreach {
namespace {

using Json = nlohmann::json;
using Command = nlohmann::ordered_json;

constexpr std::size_t kMaxReply = 16 * 1024 * 1024;
constexpr std::uint32_t kOpMsg = 2013;
constexpr std::size_t kHeader = 16;
constexpr int kAuthenticationFailed = 18;
constexpr int kAtlasError = 8000;
constexpr int kUnauthorized = 13;
constexpr int kCommandNotFound = 59;

std::string number(std::uint32_t value) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>(value >> shift & 0xff);
  }
  return bytes;
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

std::string message(std::uint32_t id, const Command& command) {
  const std::string body =
      number(0) + std::string(1, '\0') + write_bson(command);
  return number(static_cast<std::uint32_t>(kHeader + body.size())) +
         number(id) + number(0) + number(kOpMsg) + body;
}

// SCRAM-SHA-1 of MongoDB takes this for the password.
Secret old_password(const std::string& user, const Secret& password) {
  const std::string text = user + ":mongo:" + std::string(password.reveal());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(),
             nullptr);
  return Secret(
      encode_hex({reinterpret_cast<const char*>(digest.data()), size}));
}

int code_of(const Json& reply) {
  const auto code = reply.find("code");
  return code != reply.end() && code->is_number() ? code->get<int>() : 0;
}

bool is_fine(const Json& reply) {
  const auto ok = reply.find("ok");
  return ok != reply.end() && ok->is_number() && ok->get<double>() == 1;
}

std::string text_of(const Json& reply, const char* key) {
  const auto at = reply.find(key);
  return at != reply.end() && at->is_string() ? at->get<std::string>() : "";
}

Outcome outcome_of(const Json& reply) {
  if (is_fine(reply)) return Outcome::ok;
  switch (code_of(reply)) {
    case kAuthenticationFailed:
      return Outcome::dead;
    case kAtlasError:  // "bad auth : Authentication failed."
      return text_of(reply, "errmsg").starts_with("bad auth")
                 ? Outcome::dead
                 : Outcome::unclear;
    case kUnauthorized:
      return Outcome::denied;
    case kCommandNotFound:
      return Outcome::missing;
    default:
      return Outcome::unclear;
  }
}

Command binary(std::string_view text) {
  return Command::binary({text.begin(), text.end()});
}

std::string payload_of(const Json& reply) {
  const auto at = reply.find("payload");
  if (at == reply.end() || !at->is_binary()) return {};
  return {at->get_binary().begin(), at->get_binary().end()};
}

class MongoConnection : public Connection {
 public:
  MongoConnection(std::unique_ptr<Stream> stream, Secret password)
      : stream_(std::move(stream)), password_(std::move(password)) {}

  // `ok`, or why not.
  StatementReply log_in(const ConnectionTarget& target) {
    const std::string database = !target.auth_database.empty()
                                     ? target.auth_database
                                 : !target.database.empty() ? target.database
                                                            : "admin";
    const auto hello =
        send({{"hello", 1},
              {"saslSupportedMechs", database + "." + target.user},
              {"$db", "admin"}});
    if (!hello) return {Outcome::unclear, "", hello.error().text};
    const std::string known = (*hello)["saslSupportedMechs"].dump(
        -1, ' ', false, Json::error_handler_t::replace);
    const bool is_old = known.find("SCRAM-SHA-1\"") != known.npos &&
                        known.find("SCRAM-SHA-256") == known.npos;
    Scram scram(is_old ? Scram::Hash::sha1 : Scram::Hash::sha256, target.user,
                is_old ? old_password(target.user, password_) : password_,
                scram_nonce());
    auto reply = send({{"saslStart", 1},
                       {"mechanism", is_old ? "SCRAM-SHA-1" : "SCRAM-SHA-256"},
                       {"payload", binary(scram.first())},
                       {"options", {{"skipEmptyExchange", true}}},
                       {"$db", database}});
    if (!reply || !is_fine(*reply)) return failed(reply);
    const auto answer = scram.answer(payload_of(*reply));
    if (!answer) return {Outcome::unclear, "", answer.error().text};
    const Json conversation = (*reply)["conversationId"];
    reply = proceed(conversation, *answer, database);
    if (!reply || !is_fine(*reply)) return failed(reply);
    if (const auto proven = scram.verify(payload_of(*reply)); !proven) {
      return {Outcome::unclear, "", proven.error().text};
    }
    if ((*reply)["done"] != true) {
      reply = proceed(conversation, "", database);
      if (!reply || !is_fine(*reply)) return failed(reply);
    }
    return {Outcome::ok, "", ""};
  }

  StatementReply ask(std::string_view statement) override {
    if (Status good = check_statement("mongodb", statement); !good) {
      return {Outcome::unclear, "", good.error().text};
    }
    Command command = Command::parse(statement, nullptr, false);
    if (!command.contains("$db")) command["$db"] = "admin";
    command["$readPreference"] = {{"mode", "primaryPreferred"}};
    auto reply = send(command);
    if (!reply || !is_fine(*reply)) return failed(reply);
    for (const char* const internal :
         {"$clusterTime", "operationTime", "signature"}) {
      reply->erase(internal);
    }
    return {Outcome::ok,
            reply->dump(-1, ' ', false, Json::error_handler_t::replace), ""};
  }

 private:
  Result<Json> proceed(const Json& conversation, std::string_view payload,
                       const std::string& database) {
    return send({{"saslContinue", 1},
                 {"conversationId", conversation.is_number_integer()
                                        ? conversation.get<std::int32_t>()
                                        : 1},
                 {"payload", binary(payload)},
                 {"$db", database}});
  }

  StatementReply failed(const Result<Json>& reply) {
    if (!reply) return {Outcome::unclear, "", reply.error().text};
    return {outcome_of(*reply), "",
            clean_error(text_of(*reply, "errmsg"), password_)};
  }

  Result<Json> send(const Command& command) {
    if (!stream_) return fail("the connection is closed");
    const Status sent = stream_->write(message(++id_, command));
    if (!sent) return broken(sent.error().text);
    while (bytes_.size() < kHeader || bytes_.size() < number_at(bytes_, 0)) {
      if (bytes_.size() >= kHeader && number_at(bytes_, 0) > kMaxReply) break;
      Result<std::string> more = stream_->read();
      if (!more) return broken(more.error().text);
      bytes_ += *more;
    }
    return take_reply();
  }

  Result<Json> take_reply() {
    const std::size_t size = number_at(bytes_, 0);
    constexpr std::size_t kBefore = kHeader + 5;  // flags, kind of section
    if (size > kMaxReply || size < kBefore || number_at(bytes_, 12) != kOpMsg ||
        number_at(bytes_, 8) != id_ || bytes_[kHeader + 4] != '\0') {
      return broken("no reply of MongoDB");
    }
    // A checksum may follow; the document says where it ends.
    const std::string_view rest =
        std::string_view(bytes_).substr(kBefore, size - kBefore);
    const std::size_t length = rest.size() < 4 ? 0 : number_at(rest, 0);
    auto reply = read_bson(rest.substr(0, std::min(length, rest.size())));
    if (!reply) return broken(reply.error().text);
    bytes_.erase(0, size);
    return reply;
  }

  // Replies that come later would be taken for those of other commands.
  Result<Json> broken(std::string error) {
    stream_.reset();
    return fail(std::move(error));
  }

  std::unique_ptr<Stream> stream_;
  Secret password_;
  std::string bytes_;  // received, not taken yet
  std::uint32_t id_ = 0;
};

StreamTls tls_of(const ConnectionTarget& target, const PinnedAddress& pinned) {
  if (target.tls != ConnectionTarget::Tls::require) return StreamTls::none;
  return pinned.is_private ? StreamTls::unchecked : StreamTls::checked;
}

}  // namespace

Connected connect_mongo(const ConnectionTarget& given, const Policy& policy) {
  ConnectionTarget target = given;
  if (target.password.empty() || target.user.empty()) {
    return not_connected(Outcome::unclear, "no user and password");
  }
  if (target.protocol == "mongodb+srv") {
    // The name itself has to be allowed before anybody is asked about it.
    if (Status good = policy.check_host(target.provider, target.host, 27017);
        !good) {
      return not_connected(Outcome::unclear, good.error().text);
    }
    const auto server = first_mongo_server(target.host);
    if (!server) return not_connected(Outcome::unclear, server.error().text);
    target.host = server->host;
    target.port = server->port;
    if (target.auth_database.empty()) target.auth_database = "admin";
  }
  const auto pinned = pin_address(target, 27017, policy);
  if (!pinned) return not_connected(Outcome::unclear, pinned.error().text);
  auto stream = open_stream(*pinned, target.host, tls_of(target, *pinned));
  if (!stream) return not_connected(Outcome::unclear, stream.error().text);
  auto connection =
      std::make_unique<MongoConnection>(std::move(*stream), target.password);
  const StatementReply reply = connection->log_in(target);
  if (reply.outcome != Outcome::ok) {
    return not_connected(reply.outcome, reply.error);
  }
  return {std::move(connection), Outcome::ok, ""};
}

}  // namespace overreach
