// Schemes against values that the protocols' owners publish.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/privilege/request.h"
#include "scanner/privilege/schemes/scheme.h"
#include "scanner/privilege/template.h"
#include "scanner/privilege/xml_json.h"

namespace overreach {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

class NoNetwork : public Transport {
 public:
  HttpReply send(const HttpRequest& request) override {
    asked.push_back(request);
    return reply;
  }
  std::vector<HttpRequest> asked;
  HttpReply reply;
};

class Schemes : public testing::Test {
 protected:
  Status sign_with(std::vector<std::string> words) {
    SchemeInput input{
        credential_, now_,
        [this](std::string_view text) {
          return expand(
              text,
              [this](std::string_view name) -> std::optional<std::string> {
                const auto at = known_.find(std::string(name));
                if (at == known_.end()) return std::nullopt;
                return at->second;
              });
        },
        transport_, session_};
    return sign(words, input, request_);
  }

  void set_secret(const std::string& secret) {
    credential_.secret = Secret(secret);
    known_["secret"] = secret;
  }

  std::string header(const std::string& name) const {
    for (const auto& [key, value] : request_.headers) {
      if (key == name) return value;
    }
    return {};
  }

  Credential credential_;
  std::int64_t now_ = 0;
  std::map<std::string, std::string> known_, session_;
  NoNetwork transport_;
  HttpRequest request_;
};

TEST_F(Schemes, Simple) {
  set_secret("SYNTHETIC");
  known_["part.acme-id"] = "me";
  request_.url = "https://api.acme.example/x?a=1";
  ASSERT_TRUE(sign_with({"bearer"}));
  EXPECT_EQ(header("Authorization"), "Bearer SYNTHETIC");
  ASSERT_TRUE(sign_with({"header", "X-Key"}));
  EXPECT_EQ(header("X-Key"), "SYNTHETIC");
  ASSERT_TRUE(sign_with({"query", "key"}));
  EXPECT_EQ(request_.url, "https://api.acme.example/x?a=1&key=SYNTHETIC");
  request_.headers.clear();
  ASSERT_TRUE(sign_with({"basic", "{part.acme-id}", "{secret}"}));
  EXPECT_EQ(header("Authorization"), "Basic bWU6U1lOVEhFVElD");
  request_.headers.clear();
  ASSERT_TRUE(sign_with({"basic"}));
  EXPECT_EQ(header("Authorization"), "Basic U1lOVEhFVElDOg==");
  request_.headers.clear();
  ASSERT_TRUE(sign_with({"authorization", "SSWS"}));
  EXPECT_EQ(header("Authorization"), "SSWS SYNTHETIC");
}

TEST_F(Schemes, WhatIsNotKnownIsSaid) {
  set_secret("SYNTHETIC");
  const Status status = sign_with({"basic", "{part.acme-id}", "{secret}"});
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().text, HasSubstr("not known"));
  EXPECT_FALSE(sign_with({"unheard-of"}));
  EXPECT_FALSE(sign_with({}));
}

TEST_F(Schemes, ASecondLineIsNoHeader) {
  set_secret("one\r\nX-Other: two");
  EXPECT_FALSE(sign_with({"bearer"}));
}

// "get-vanilla" of the Signature Version 4 test suite that AWS published.
TEST_F(Schemes, SigV4Published) {
  known_["part.aws-secret-access-key"] =
      "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";  // overreach:allow
  known_["part.aws-access-key-id"] = "AKIDEXAMPLE";
  now_ = 1440938160;  // 20150830T123600Z
  request_.url = "https://example.amazonaws.com/";
  ASSERT_TRUE(sign_with({"sigv4", "service", "us-east-1"}));
  EXPECT_EQ(header("X-Amz-Date"), "20150830T123600Z");
  EXPECT_EQ(header("Authorization"),
            "AWS4-HMAC-SHA256 "
            "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            "SignedHeaders=host;x-amz-date, Signature="
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

TEST_F(Schemes, AzureExchangesOnce) {
  set_secret("SYNTHETIC~secret");
  known_["fact.azure-tenant-id"] = "t-1";
  known_["fact.azure-client-id"] = "c-1";
  transport_.reply.status = 200;
  transport_.reply.body = R"({"access_token":"short"})";
  ASSERT_TRUE(sign_with({"azure", "https://management.azure.com"}));
  ASSERT_TRUE(sign_with({"azure", "https://management.azure.com"}));
  EXPECT_EQ(header("Authorization"), "Bearer short");
  ASSERT_EQ(transport_.asked.size(), 1u);
  EXPECT_EQ(transport_.asked[0].url,
            "https://login.microsoftonline.com/t-1/oauth2/v2.0/token");
  EXPECT_THAT(transport_.asked[0].body,
              HasSubstr("client_secret=SYNTHETIC~secret"));
}

TEST_F(Schemes, AzureSecretThatIsDead) {
  set_secret("SYNTHETIC");
  known_["fact.azure-tenant-id"] = "t-1";
  known_["fact.azure-client-id"] = "c-1";
  transport_.reply.status = 401;
  transport_.reply.body = R"({"error":"invalid_client"})";
  const Status status = sign_with({"azure"});
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().text.starts_with(kDead)) << status.error().text;
}

TEST(XmlToJson, ListsAndTexts) {
  const auto json = xml_to_json(
      "<R xmlns=\"https://x\"><Users><member><Name>a</Name></member></Users>"
      "<Tag>1</Tag><Tag>2</Tag><n:Id>&lt;7&gt;</n:Id><Empty/></R>");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->dump(), R"({"R":{"Empty":"","Id":"<7>","Tag":["1","2"],)"
                          R"("Users":{"member":[{"Name":"a"}]}}})");
  EXPECT_FALSE(xml_to_json("not xml"));
  EXPECT_FALSE(xml_to_json("<open>"));
}

}  // namespace
}  // namespace overreach
