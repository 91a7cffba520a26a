// A conversation with a provider that has a host for every customer and hands
// out JSON Web Tokens.

#include "scanner/privilege/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/base/encoding.h"
#include "scanner/privilege/request.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kFile = R"(
[provider]
id = "acme"
name = "Acme"
hosts = ["*.acme.example"]
base = "https://{part.acme-host}"
auth = "bearer"
[[probe]]
id = "session"
auth = "none"
post = "/token"
content_type = "application/x-www-form-urlencoded"
body = "secret={secret}&grant=a b"
reads_because = "makes a token of an hour"
values = { rights = { from = "/token", claim = "/access/*/actions/*" } }
)";

class Recorder : public Transport {
 public:
  explicit Recorder(const Policy& policy) : policy_(policy) {}
  HttpReply send(const HttpRequest& request) override {
    HttpReply answer;
    const Status allowed = policy_.check(request);
    if (!allowed) {
      answer.error = allowed.error().text;
      return answer;
    }
    urls.push_back(request.url);
    return reply;
  }
  std::vector<std::string> urls;
  HttpReply reply;

 private:
  const Policy& policy_;
};

class ConversationTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(add_provider_text("acme.toml", kFile, set_));
    credential_.rule = "acme-key";
    credential_.provider = "acme";
    credential_.secret = Secret("SYNTHETIC");
  }

  void stands_beside(const std::string& host) {
    credential_.parts.push_back({"acme-host", Secret(host), true});
  }

  Answers ask(const PolicyOptions& options = {}) {
    const Policy policy(set_, options);
    Recorder recorder(policy);
    recorder.reply = reply_;
    Answers answers =
        converse(set_.providers[0], credential_, {0, policy, recorder});
    urls_ = recorder.urls;
    return answers;
  }

  ProviderSet set_;
  Credential credential_;
  HttpReply reply_;
  std::vector<std::string> urls_;
};

TEST_F(ConversationTest, TheHostOfTheCustomer) {
  stands_beside("shop.acme.example");
  ask();
  EXPECT_THAT(urls_, ElementsAre("https://shop.acme.example/token"));
}

TEST_F(ConversationTest, OnlyBelowTheProvider) {
  for (const char* host :
       {"shop.other.example", "acme.example", "evil.example/.acme.example",
        "a@shop.acme.example"}) {
    credential_.parts.clear();
    stands_beside(host);
    const Answers answers = ask();
    EXPECT_THAT(urls_, IsEmpty()) << host;
    EXPECT_FALSE(answers.unclear.empty()) << host;
  }
}

TEST_F(ConversationTest, AnUnknownHostIsSaid) {
  const Answers answers = ask();
  EXPECT_THAT(urls_, IsEmpty());
  EXPECT_THAT(answers.unclear,
              ElementsAre(HasSubstr("--endpoint acme=URL names it")));
}

TEST_F(ConversationTest, AnEndpointComesFirst) {
  stands_beside("shop.acme.example");
  PolicyOptions options;
  options.endpoints["acme"] = "https://acme.corp.example/api/";
  ask(options);
  EXPECT_THAT(urls_, ElementsAre("https://acme.corp.example/api/token"));
}

TEST_F(ConversationTest, ClaimsOfAToken) {
  stands_beside("shop.acme.example");
  const std::string claims = encode_base64(
      R"({"access":[{"actions":["pull","push"]},{"actions":["pull"]}]})");
  reply_.status = 200;
  for (const auto& [token, rights] :
       {std::pair{"e30." + claims + ".x",
                  std::vector<std::string>{"pull", "push"}},
        {std::string("no token"), {}},
        {std::string("e30.e30"), {}},
        {std::string(), {}}}) {
    reply_.body = R"({"token":")" + token + R"("})";
    const Answers answers = ask();
    EXPECT_EQ(answers.known.all("rights"), rights) << token;
  }
}

// What a page's marker makes of the request for the next one.
TEST(NextPage, InTheBody) {
  const struct {
    const char *body, *next;
  } kCases[] = {
      {"Action=List&Max=9", "Action=List&Max=9&Marker=a%2Fb%3D"},
      {"Marker=x&Action=List", "Marker=a%2Fb%3D&Action=List"},
      {"OtherMarker=x", "OtherMarker=x&Marker=a%2Fb%3D"},
      {"{}", R"({"Marker":"a/b="})"},
      {R"({"query":"query { x }"})",
       R"({"query":"query { x }","variables":{"Marker":"a/b="}})"},
  };
  for (const auto& c : kCases) {
    HttpRequest request;
    request.body = c.body;
    set_in_body(request, "Marker", "a/b=");
    EXPECT_EQ(request.body, c.next);
  }
}

TEST(NextPage, InTheQuery) {
  const struct {
    const char *url, *next;
  } kCases[] = {
      {"https://a.example/x", "https://a.example/x?page=2"},
      {"https://a.example/x?a=1", "https://a.example/x?a=1&page=2"},
      {"https://a.example/x?page=1&a=1", "https://a.example/x?page=2&a=1"},
      {"https://a.example/x?per_page=1",
       "https://a.example/x?per_page=1&page=2"},
  };
  for (const auto& c : kCases) {
    HttpRequest request;
    request.url = c.url;
    set_query(request, "page", "2");
    EXPECT_EQ(request.url, c.next);
  }
}

TEST_F(ConversationTest, APlanIsReadable) {
  const Policy policy(set_, {});
  const auto plan = plan_conversation(set_.providers[0], credential_, policy);
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0].url, "https://{part.acme-host}/token");
  EXPECT_EQ(plan[0].body, "secret={secret}&grant=a b");
}

// What is asked once per zone, and a plan that says so.
TEST(Conversation, OnceForEachOf) {
  ProviderSet set;
  ASSERT_TRUE(add_provider_text("acme.toml", R"(
[provider]
id = "acme"
name = "Acme"
hosts = ["api.acme.example"]
base = "https://api.acme.example"
auth = "bearer"
[[probe]]
id = "servers"
each_of = ["eu-1", "us-1"]
get = "/zones/{each}/servers"
)",
                                set));
  Credential credential;
  credential.secret = Secret("SYNTHETIC");
  const Policy policy(set, {});
  Recorder recorder(policy);
  recorder.reply.status = 200;
  recorder.reply.body = "{}";
  const Answers answers =
      converse(set.providers[0], credential, {0, policy, recorder});
  EXPECT_THAT(recorder.urls,
              ElementsAre("https://api.acme.example/zones/eu-1/servers",
                          "https://api.acme.example/zones/us-1/servers"));
  EXPECT_EQ(answers.requests, 2u);
  const auto plan = plan_conversation(set.providers[0], credential, policy);
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[1].url, recorder.urls[1]);
  EXPECT_FALSE(plan[1].depends);
}

// A kind whose first probe is another's is not asked at all.
TEST(Conversation, APlanHasNothingThatAnswersCannotCallFor) {
  ProviderSet set;
  ASSERT_TRUE(add_provider_text("acme.toml", R"(
[provider]
id = "acme"
name = "Acme"
hosts = ["api.acme.example"]
base = "https://api.acme.example"
auth = "bearer"
[[probe]]
id = "user"
only = ["acme-key"]
get = "/user"
values = { teams = "/teams/*" }
[[probe]]
id = "projects"
when = ["user is ok"]
get = "/projects"
[[probe]]
id = "of-teams"
each = "teams"
get = "/teams/{each}"
[[probe]]
id = "with-part"
when = ["parts is acme-id"]
get = "/part"
[[probe]]
id = "otherwise"
when = ["not user is ok"]
get = "/otherwise"
)",
                                set));
  const Policy policy(set, {});
  const auto planned = [&](const char* rule, const char* part) {
    Credential credential;
    credential.rule = rule;
    if (*part) credential.parts.push_back({part, Secret("x"), true});
    std::vector<std::string> paths;
    for (const auto& each :
         plan_conversation(set.providers[0], credential, policy)) {
      paths.push_back(each.url.substr(each.url.find("example/") + 7));
    }
    return paths;
  };
  EXPECT_THAT(planned("acme-key", ""),
              ElementsAre("/user", "/projects", "/teams/{each}", "/otherwise"));
  EXPECT_THAT(planned("acme-webhook", ""), ElementsAre("/otherwise"));
  EXPECT_THAT(planned("acme-webhook", "acme-id"),
              ElementsAre("/part", "/otherwise"));
}

// What facts and the endpoint decide is decided before anything is asked.
TEST(Conversation, APlanKnowsWhatFactsExclude) {
  ProviderSet set;
  ASSERT_TRUE(add_provider_text("acme.toml", R"(
[provider]
id = "acme"
name = "Acme"
hosts = ["api.acme.example"]
base = "https://api.acme.example"
auth = "bearer"
[[probe]]
id = "cloud"
when = ["fact.at is cloud", "not endpoint exists"]
get = "/cloud"
[[probe]]
id = "own"
when = ["endpoint exists"]
get = "/own"
[[probe]]
id = "more"
when = ["own is ok"]
get = "/more"
)",
                                set));
  Credential credential;
  credential.facts = {{"at", "cloud"}};
  PolicyOptions options;
  const auto planned = [&] {
    const Policy policy(set, options);
    std::vector<std::string> urls;
    for (const auto& each :
         plan_conversation(set.providers[0], credential, policy)) {
      urls.push_back(each.url + (each.depends ? " perhaps" : ""));
    }
    return urls;
  };
  // `more` needs an answer of `own`, which is not asked.
  EXPECT_THAT(planned(), ElementsAre("https://api.acme.example/cloud"));
  options.endpoints["acme"] = "https://acme.internal";
  EXPECT_THAT(planned(), ElementsAre("https://acme.internal/own",
                                     "https://acme.internal/more perhaps"));
}

}  // namespace
}  // namespace overreach
