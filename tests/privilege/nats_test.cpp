#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <thread>

#include "scanner/privilege/connection.h"
#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/nats_keys.h"
#include "scanner/privilege/nats_protocol.h"
#include "scanner/privilege/nats_subjects.h"

namespace overreach {
namespace {

TEST(NatsSubjects, Cover) {
  EXPECT_TRUE(covers_subjects(">", "a.b"));
  EXPECT_TRUE(covers_subjects("a.>", "a.*"));
  EXPECT_TRUE(covers_subjects("a.*.c", "a.b.c"));
  EXPECT_TRUE(covers_subjects("a.>", "a.b.>"));
  EXPECT_FALSE(covers_subjects("a.>", "a"));
  EXPECT_FALSE(covers_subjects("a.*", "a.>"));
  EXPECT_FALSE(covers_subjects("a.b", "a.*"));
  EXPECT_FALSE(covers_subjects("a.b", "a.b.c"));
}

TEST(NatsSubjects, HaveInCommon) {
  EXPECT_EQ(common_subjects(">", "a.b"), "a.b");
  EXPECT_EQ(common_subjects("a.>", "a.*.c"), "a.*.c");
  EXPECT_EQ(common_subjects("*.b", "a.*"), "a.b");
  EXPECT_EQ(common_subjects("a.>", "*.b.>"), "a.b.>");
  EXPECT_FALSE(common_subjects("a.b", "a.c"));
  EXPECT_FALSE(common_subjects("a", "a.b"));
  EXPECT_FALSE(common_subjects("a", "a.>"));
}

TEST(NatsProtocol, TakesOneAtATime) {
  std::string bytes =
      "INFO {\"a\": 1}\r\nMSG box 1 re 2\r\n\r\n\r\n"
      "HMSG box 2 16 18\r\nNATS/1.0 503\r\n\r\nok\r\n-ERR 'no'\r\nPON";
  auto said = take_nats_operation(bytes);
  ASSERT_TRUE(said && *said);
  EXPECT_EQ((*said)->name, "INFO");
  EXPECT_EQ((*said)->arguments, "{\"a\": 1}");
  said = take_nats_operation(bytes);
  ASSERT_TRUE(said && *said);
  EXPECT_EQ((*said)->payload, "\r\n");
  EXPECT_EQ((*said)->arguments, "box 1 re 2");
  said = take_nats_operation(bytes);
  ASSERT_TRUE(said && *said);
  EXPECT_EQ((*said)->headers, "NATS/1.0 503\r\n\r\n");
  EXPECT_EQ((*said)->payload, "ok");
  said = take_nats_operation(bytes);
  ASSERT_TRUE(said && *said);
  EXPECT_EQ((*said)->name, "-ERR");
  said = take_nats_operation(bytes);
  ASSERT_TRUE(said);
  EXPECT_FALSE(*said) << "half a line";
}

TEST(NatsProtocol, RefusesTheRest) {
  for (const char* const wrong :
       {"MSG\r\n", "MSG a 1 x\r\n", "MSG a 1 99999999\r\n", "MSG a 1 -1\r\n",
        "HMSG a 1 5 4\r\nabcd\r\n", "HMSG a 1 4\r\nabcd\r\n"}) {
    std::string bytes = wrong;
    EXPECT_FALSE(take_nats_operation(bytes)) << wrong;
  }
}

// Of the key whose bytes are 0 to 31; the values are OpenSSL's own.
TEST(NatsKeys, Sign) {
  const std::string seed =
      "SUAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H776Y";
  ASSERT_TRUE(is_nats_user_seed(Secret(seed)));
  const auto proof = sign_for_nats(Secret(seed), "nonce");
  ASSERT_TRUE(proof) << proof.error().text;
  EXPECT_EQ(proof->public_key,
            "UAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3RLKK");
  EXPECT_EQ(proof->signature,
            "-HTq4d6DDHVNb8MsTRAZtSIa0vXA_"
            "yuZblwTA7JT5wYzmKBxJ2wpYfjHh7hcptZlidbVw_6ZLyubjm_yDk-OCQ");
  std::string wrong = seed;
  wrong.replace(wrong.size() - 4, 4, "AAAA");
  EXPECT_FALSE(sign_for_nats(Secret(wrong), "nonce")) << "its check digits";
  EXPECT_FALSE(is_nats_user_seed(Secret("SUPERSECRET")));
}

struct PermissionCase {
  const char* self;
  Level level;
  const char* why;  // a piece of it
};

void check_permissions(const Variables& about,
                       const std::vector<PermissionCase>& cases) {
  for (const PermissionCase& each : cases) {
    Variables variables = about;
    variables.add("self", each.self);
    const auto result = evaluate("nats-permissions", variables);
    ASSERT_TRUE(result) << each.self;
    EXPECT_EQ(result->level, each.level) << each.self;
    EXPECT_NE(result->why.find(each.why), std::string::npos) << result->why;
  }
}

// Greets the first client, and hangs up.
class Greeter {
 public:
  explicit Greeter(std::string_view line) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(listener_, any, size), 0);
    EXPECT_EQ(listen(listener_, 1), 0);
    EXPECT_EQ(getsockname(listener_, any, &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, line] {
      const int client = accept(listener_, nullptr, nullptr);
      EXPECT_EQ(send(client, line.data(), line.size(), MSG_NOSIGNAL),
                static_cast<ssize_t>(line.size()));
      close(client);
    });
  }
  ~Greeter() {
    thread_.join();
    close(listener_);
  }
  std::uint16_t port() const { return port_; }

 private:
  const int listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST(NatsConnection, AGreetingThatLiesIsNoVerdict) {
  Provider provider;
  provider.id = "nats";
  ProviderSet providers;
  providers.providers = {provider};
  PolicyOptions options;
  options.allowed_hosts = {"127.0.0.1"};
  const Policy policy(providers, options);
  for (const std::string_view line :
       {"INFO {\"nonce\": 1, \"auth_required\": true}\r\n",
        "INFO {\"nonce\": null, \"tls_required\": \"no\"}\r\n", "INFO [1]\r\n",
        "INFO {\r\n", "HTTP/1.1 400 Bad Request\r\n"}) {
    const Greeter greeter(line);
    ConnectionTarget target;
    target.protocol = target.provider = "nats";
    target.host = "127.0.0.1";
    target.port = greeter.port();
    target.password =
        Secret("SUAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H776Y");
    const Connected connected = connect(target, policy);
    EXPECT_FALSE(connected.connection) << line;
    EXPECT_EQ(connected.outcome, Outcome::unclear) << line;
    EXPECT_FALSE(connected.error.empty()) << line;
  }
}

TEST(NatsPermissions, OfAnAccountWithStreams) {
  Variables variables;
  variables.add("storage", "0");
  variables.add("streams", "orders");
  variables.add("streams", "KV_settings");
  check_permissions(
      variables,
      {{R"({"user": "a"})", Level::destructive, "$JS.API.STREAM.DELETE"},
       {R"({"permissions": {"publish": {"allow": [">"],
            "deny": ["$JS.API.STREAM.*.*", "$JS.API.STREAM.MSG.>", "$KV.>"]}}})",
        Level::write, "may publish to >"},
       {R"({"permissions": {"publish": {"allow": ["$JS.API.STREAM.PURGE.orders"]}}})",
        Level::destructive, "PURGE"},
       {R"({"permissions": {"publish": {"allow": ["$JS.API.STREAM.PURGE.other"]}}})",
        Level::write, "may publish"},
       {R"({"permissions": {"publish": {"allow": ["$KV.settings.>"]}}})",
        Level::destructive, "$KV.{bucket}"},
       {R"({"permissions": {"publish": {"allow": ["$JS.API.DIRECT.GET.>"]},
            "subscribe": {"allow": ["_INBOX.>"]}}})",
        Level::read, "concerns itself"},
       {R"({"permissions": {"publish": {"deny": [">"]},
            "subscribe": {"allow": ["app.> workers"]}}})",
        Level::read, "subscribe to app.>"}});
}

TEST(NatsPermissions, OfAnAccountWithout) {
  Variables variables;
  variables.add("jetstream", "true");
  variables.add("refusal", "10039");
  check_permissions(variables, {{"{}", Level::write, "may publish to >"}});
}

TEST(NatsPermissions, OfTheSystemAccount) {
  Variables variables;
  variables.add("system", "NABC");
  check_permissions(
      variables,
      {{"{}", Level::root, "commands the servers"},
       {R"({"permissions": {"publish": {"allow": ["$SYS.REQ.SERVER.PING"]}}})",
        Level::read, "may only subscribe to >"},
       {R"({"permissions": {"publish": {"allow": ["$SYS.REQ.SERVER.NABC.KICK"]}}})",
        Level::root, "KICK"}});
}

TEST(NatsPermissions, NeedAnAnswer) {
  Variables variables;
  EXPECT_FALSE(evaluate("nats-permissions", variables));
  variables.add("self", "[]");
  EXPECT_FALSE(evaluate("nats-permissions", variables));
}

}  // namespace
}  // namespace overreach
