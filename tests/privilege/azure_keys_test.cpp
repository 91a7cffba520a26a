// Keys of Azure's services against what Microsoft's own packages sign of the
// same requests: azure-cosmos 4.17.1, azure-servicebus 7.15.0 and
// azure-appconfiguration 1.10.0.

#include <gmock/gmock.h>

#include "tests/privilege/schemes_test.h"

namespace overreach {
namespace {

constexpr std::int64_t kNewYear = 1767225600;  // 2026-01-01

std::string counting_bytes(char count) {
  std::string bytes;
  for (char byte = 0; byte < count; ++byte) bytes += byte;
  return encode_base64(bytes);
}

class AzureKeys : public SchemesFixture {
 protected:
  AzureKeys() { now_ = kNewYear; }

  void ask(const std::string& url) {
    request_ = {};
    request_.url = url;
  }
};

TEST_F(AzureKeys, CosmosSignsLikeTheSdk) {
  struct Case {
    const char* path;
    const char* signature;
  };
  const Case cases[] = {
      {"/dbs", "VRLkCWvZBQ430f8oVRfycmBvMLZ3b5%2Bt%2BKnDGXc6Czg%3D"},
      {"/dbs/shop/colls", "UrtIwv0%2FJUu379vX6Y5gLMrikWyvaLLBBFrvoppWtz0%3D"},
      {"/dbs/My%20Shop",
       "j%2Fpih1UOsAz8M1IbkBzX03Fi%2FBvcgW%2BSX1b%2Bh9gDuHw%3D"},
  };
  set_secret(counting_bytes(64));
  for (const Case& c : cases) {
    ask(std::string("https://shop.documents.azure.com") + c.path);
    ASSERT_TRUE(sign_with({"azure-cosmos"})) << c.path;
    EXPECT_EQ(header("Authorization"),
              std::string("type%3Dmaster%26ver%3D1.0%26sig%3D") + c.signature)
        << c.path;
    EXPECT_EQ(header("x-ms-date"), "thu, 01 jan 2026 00:00:00 gmt");
  }
}

TEST_F(AzureKeys, ServiceBusSignsLikeTheSdk) {
  set_secret("SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=" +
             counting_bytes(32));
  ask("https://orders.servicebus.windows.net/$Resources/queues"
      "?api-version=2021-05");
  ASSERT_TRUE(sign_with({"azure-servicebus"}));
  EXPECT_EQ(header("Authorization"),
            "SharedAccessSignature "
            "sr=https%3A%2F%2Forders.servicebus.windows.net%2F"
            "&sig=258dDkPNkoN9uB%2BTzhzUWc51WYSp7N7alQrhHSgF8O4%3D"
            "&se=1767226200&skn=RootManageSharedAccessKey");
}

TEST_F(AzureKeys, AppConfigurationSignsLikeTheSdk) {
  set_secret(
      "Endpoint=https://settings.azconfig.io;Id=Ab1c-l0-s0:abcdef;Secret=" +
      counting_bytes(32));
  const std::vector<std::string> words = {"azure-appconfig"};
  ask("https://settings.azconfig.io/labels?api-version=1.0");
  ASSERT_TRUE(sign_with(words));
  EXPECT_EQ(header("Authorization"),
            "HMAC-SHA256 Credential=Ab1c-l0-s0:abcdef"
            "&SignedHeaders=x-ms-date;host;x-ms-content-sha256"
            "&Signature=9zkPVbtMkhBpCAeY2TtwuLTiAuEfplYu0Cbemd7lvaU=");
  EXPECT_EQ(header("x-ms-date"), "Thu, 01 Jan 2026 00:00:00 GMT");
  EXPECT_EQ(header("x-ms-content-sha256"),
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  ask("https://settings.azconfig.io/keys");
  ASSERT_TRUE(sign_with(words));
  EXPECT_THAT(
      header("Authorization"),
      testing::EndsWith("ojVUCEZmPw8ZqwbY58fFfobprBtSiwH1S+agqE+iURk="));
}

TEST_F(AzureKeys, ASharedAccessSignatureIsTheQuery) {
  set_secret("sv=2023-11-03&amp;sp=rl\\u0026sig=a%2Bb%3D");
  ask("https://acct1.blob.core.windows.net/c");
  ASSERT_TRUE(sign_with({"azure-sas"}));
  EXPECT_EQ(
      request_.url,
      "https://acct1.blob.core.windows.net/c?sv=2023-11-03&sp=rl&sig=a%2Bb%3D");
  ask("https://acct1.blob.core.windows.net/?comp=list");
  ASSERT_TRUE(sign_with({"azure-sas"}));
  EXPECT_EQ(request_.url,
            "https://acct1.blob.core.windows.net/"
            "?comp=list&sv=2023-11-03&sp=rl&sig=a%2Bb%3D");
}

TEST_F(AzureKeys, WhatCannotSign) {
  ask("https://acct1.blob.core.windows.net/");
  for (const char* bad : {"", "not base64!"}) {
    set_secret(bad);
    EXPECT_FALSE(sign_with({"azure-cosmos"})) << bad;
    EXPECT_FALSE(sign_with({"azure-appconfig"})) << bad;
    EXPECT_FALSE(sign_with({"azure-servicebus"})) << bad;
  }
  set_secret("SharedAccessKeyName=send;SharedAccessKey=");
  EXPECT_FALSE(sign_with({"azure-servicebus"}));
  set_secret("Endpoint=https://a.azconfig.io;Secret=" + counting_bytes(32));
  EXPECT_FALSE(sign_with({"azure-appconfig"}));
  for (const char* bad : {"sig=a\nb", "sig=a#b", "sig=a b"}) {
    set_secret(bad);
    EXPECT_FALSE(sign_with({"azure-sas"})) << bad;
  }
  EXPECT_TRUE(request_.headers.empty());
}

}  // namespace
}  // namespace overreach
