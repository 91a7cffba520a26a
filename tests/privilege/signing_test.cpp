// Schemes that sign: against values that the protocols' owners publish, and
// values that their own SDKs make of the same input (the versions are named).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <nlohmann/json.hpp>

#include "scanner/base/encoding.h"
#include "scanner/privilege/schemes/signing.h"
#include "tests/privilege/schemes_test.h"

namespace overreach {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::int64_t kSuiteTime = 1440938160;  // 20150830T123600Z
constexpr std::int64_t kNewYear = 1767225600;    // 2026-01-01
constexpr const char* kForm =
    "application/x-www-form-urlencoded; charset=utf-8";

class SigV4 : public SchemesFixture {
 protected:
  SigV4() {
    known_["part.aws-access-key-id"] = "AKIDEXAMPLE";
    known_["part.aws-secret-access-key"] =
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";  // overreach:allow
    now_ = kSuiteTime;
  }
};

struct SuiteCase {
  const char* name;
  HttpRequest request;
  const char* service;
  const char* names;  // SignedHeaders
  const char* signature;
};

HttpRequest get(const char* url) {
  return {"aws", "GET", url, {}, {}, {}, {}, {}, {}};
}

HttpRequest post(const char* url, const char* type, const char* body) {
  HttpRequest request{"aws", "POST", url, {}, body, {}, {}, {}, {}};
  if (*type) request.headers = {{"Content-Type", type}};
  return request;
}

const std::string kHost = "https://example.amazonaws.com";
const std::string kUnreserved =
    "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// The suite that AWS published (those of its cases that our requests can be),
// and the example of the IAM documentation.
TEST_F(SigV4, Suite) {
  const std::string unreserved_query =
      kHost + "/?" + kUnreserved + "=" + kUnreserved;
  const std::string unreserved_path = kHost + "/" + kUnreserved;
  const SuiteCase cases[] = {
      {"get-vanilla", get("https://example.amazonaws.com/"), "service",
       "host;x-amz-date",
       "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
      {"get-unreserved", get(unreserved_path.c_str()), "service",
       "host;x-amz-date",
       "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
      {"get-utf8", get("https://example.amazonaws.com/\xe1\x88\xb4"), "service",
       "host;x-amz-date",
       "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
      {"get-vanilla-empty-query-key",
       get("https://example.amazonaws.com/?Param1=value1"), "service",
       "host;x-amz-date",
       "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"},
      {"get-vanilla-query-order-key-case",
       get("https://example.amazonaws.com/?Param2=value2&Param1=value1"),
       "service", "host;x-amz-date",
       "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
      {"get-vanilla-query-unreserved", get(unreserved_query.c_str()), "service",
       "host;x-amz-date",
       "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"},
      {"get-vanilla-utf8-query",
       get("https://example.amazonaws.com/?%E1%88%B4=bar"), "service",
       "host;x-amz-date",
       "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
      {"post-vanilla", post("https://example.amazonaws.com/", "", ""),
       "service", "host;x-amz-date",
       "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
      {"post-vanilla-query",
       post("https://example.amazonaws.com/?Param1=value1", "", ""), "service",
       "host;x-amz-date",
       "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"},
      {"post-vanilla-query-nonunreserved",
       post("https://example.amazonaws.com/?%40%23%24%25%5E=&%2B=%2F%2C%3F%3E"
            "%3C%60%22%3B%3A%5C%7C%5D%5B%7B%7D",
            "", ""),
       "service", "host;x-amz-date",
       "66c82657c86e26fb25238d0e69f011edc4c6df5ae71119d7cb98ed9b87393c1e"},
      {"post-vanilla-query-space",
       post("https://example.amazonaws.com/?p=", "", ""), "service",
       "host;x-amz-date",
       "e71688addb58a26418614085fb730ba3faa623b461c17f48f2fbdb9361b94a9b"},
      {"post-x-www-form-urlencoded",
       post("https://example.amazonaws.com/",
            "application/x-www-form-urlencoded", "Param1=value1"),
       "service", "content-type;host;x-amz-date",
       "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
      {"post-x-www-form-urlencoded-parameters",
       post("https://example.amazonaws.com/",
            "application/x-www-form-urlencoded; charset=utf8", "Param1=value1"),
       "service", "content-type;host;x-amz-date",
       "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe"},
      // botocore 1.44.5
      {"query API",
       post("https://iam.amazonaws.com/", kForm,
            "Action=ListUsers&Version=2010-05-08"),
       "iam", "content-type;host;x-amz-date",
       "5d76d0de3e0ffe5a7a23cfce21b99d6f4e5060aad86bd9dc7c617f224e5b492a"},
      {"a path with escapes, names that sort like no text",
       get("https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/"
           "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/policy"
           "?Qualifier=1&A-b=2&A=3"),
       "lambda", "host;x-amz-date",
       "546bcf8be652143b30238819d5e439829395198eaa70aaa529c54c2a5044ae0f"},
      {"S3", get("https://buck-a.s3.amazonaws.com/a%20b/c%2Bd?versioning"),
       "s3", "host;x-amz-content-sha256;x-amz-date",
       "8af23cab85ba7fa370f01d92b8b95652967f8de3e125e538b14009e7b1ed2faa"},
  };
  for (const SuiteCase& c : cases) {
    request_ = c.request;
    ASSERT_TRUE(sign_with({"sigv4", c.service, "us-east-1"})) << c.name;
    EXPECT_EQ(header("Authorization"),
              std::string("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/"
                          "us-east-1/") +
                  c.service + "/aws4_request, SignedHeaders=" + c.names +
                  ", Signature=" + c.signature)
        << c.name;
  }
}

// The example of the IAM documentation sends a type with its GET.
TEST_F(SigV4, DocumentedListUsers) {
  request_ =
      get("https://iam.amazonaws.com/?Action=ListUsers"
          "&Version=2010-05-08");
  request_.headers = {{"Content-Type", kForm}};
  ASSERT_TRUE(sign_with({"sigv4", "iam", "us-east-1"}));
  EXPECT_THAT(header("Authorization"),
              HasSubstr("Signature=5d672d79c15b13162d9279b0855cfba6"
                        "789a8edb4c82c400e06b5924a6f2b5d7"));
}

TEST_F(SigV4, TemporaryKeyNeedsItsToken) {
  known_.erase("part.aws-access-key-id");
  request_ = post("https://sts.amazonaws.com/", kForm,
                  "Action=GetCallerIdentity&Version=2011-06-15");
  EXPECT_THAT(sign_with({"sigv4", "sts", "us-east-1"}).error().text,
              HasSubstr("access key id"));
  known_["part.aws-temporary-access-key-id"] = "AKIDEXAMPLE";
  EXPECT_THAT(sign_with({"sigv4", "sts", "us-east-1"}).error().text,
              HasSubstr("session token"));
  known_["part.aws-session-token"] = "SYNTHETIC/session+token==";
  ASSERT_TRUE(sign_with({"sigv4", "sts", "us-east-1"}));
  EXPECT_EQ(header("X-Amz-Security-Token"), "SYNTHETIC/session+token==");
  EXPECT_THAT(header("Authorization"),  // botocore 1.44.5
              HasSubstr("Signature=b0678496e939c9b7d7309e3bc5ee4d5c"
                        "e4468f72a1863d7e9c28ce205f248328"));
}

class AzureStorage : public SchemesFixture {
 protected:
  AzureStorage() {
    std::string bytes;
    for (char byte = 0; byte < 64; ++byte) bytes += byte;
    set_secret(encode_base64(bytes));
    known_["fact.azure-storage-account"] = "acct1";
    now_ = kNewYear;
  }
};

// azure-storage-blob 12.31.1 and azure-data-tables 12.7.0
TEST_F(AzureStorage, SignsLikeTheSdk) {
  struct Case {
    const char* url;
    std::vector<std::string> words;
    const char* signature;
  };
  const Case cases[] = {
      {"https://acct1.blob.core.windows.net/?comp=list&maxresults=5",
       {"azure-storage"},
       "JGr2LPTShLqjAW1fENGkIIL3SjDc+3cdDKeagmufrUI="},
      {"https://acct1.blob.core.windows.net/c%20a/b%2Fc?restype=container"
       "&comp=list&prefix=x%20y%26z",
       {"azure-storage"},
       "PUcHsLMrnE428yd3j26aIee9cddZin9DdVv8KSJNsxM="},
      {"https://acct1.blob.core.windows.net/?restype=service&comp=properties",
       {"azure-storage"},
       "TN8SlPtHVchJLXmWTmomYSv3fANKh0Sd728ZhNXhgJs="},
      {"https://acct1.table.core.windows.net/Tables",
       {"azure-storage", "table"},
       "2TpLXveCrf/HiV1amAOpHrJwfU+zwQ+6pv1Xn3dKTaI="},
      {"https://acct1.table.core.windows.net/?restype=service&comp=properties",
       {"azure-storage", "table"},
       "CQJQC3FYr2JQ7GZVigVDLkjQJtmZuUP/oDTIZLsx8M8="},
  };
  for (const Case& c : cases) {
    request_ = get(c.url);
    ASSERT_TRUE(sign_with(c.words)) << c.url;
    EXPECT_EQ(header("Authorization"),
              std::string("SharedKey acct1:") + c.signature)
        << c.url;
    EXPECT_EQ(header("x-ms-date"), "Thu, 01 Jan 2026 00:00:00 GMT");
    EXPECT_EQ(header("x-ms-version"), "2021-12-02");
  }
}

TEST_F(AzureStorage, ConnectionStringHoldsBoth) {
  const std::string key(credential_.secret.reveal());
  known_.erase("fact.azure-storage-account");
  request_ = get("https://acct1.blob.core.windows.net/?comp=list&maxresults=5");
  EXPECT_FALSE(sign_with({"azure-storage"}));
  set_secret("DefaultEndpointsProtocol=https;AccountName=acct1;AccountKey=" +
             key + ";EndpointSuffix=core.windows.net");
  request_.headers.clear();
  ASSERT_TRUE(sign_with({"azure-storage"}));
  EXPECT_EQ(header("Authorization"),
            "SharedKey acct1:JGr2LPTShLqjAW1fENGkIIL3SjDc+3cdDKeagmufrUI=");
}

TEST_F(AzureStorage, BadKeys) {
  for (const char* bad : {"", "not base64!", "AccountKey=;a=b"}) {
    set_secret(bad);
    EXPECT_FALSE(sign_with({"azure-storage"})) << bad;
  }
}

class Oci : public SchemesFixture {
 protected:
  Oci() {
    known_["fact.oracle-tenancy-ocid"] = "ocid1.tenancy.oc1..t";
    known_["fact.oracle-user-ocid"] = "ocid1.user.oc1..u";
    set_secret(key_.pem());
    now_ = kNewYear;
  }

  // name="value" of the Authorization header.
  std::string parameter(const std::string& name) const {
    const std::string text = header("Authorization");
    const std::size_t at = text.find(name + "=\"");
    if (at == text.npos) return {};
    const std::size_t begin = at + name.size() + 2;
    return text.substr(begin, text.find('"', begin) - begin);
  }

  RsaPair key_;
};

// The text that the oci 2.189.0 package signs for the same requests.
TEST_F(Oci, SignsWhatTheSdkSigns) {
  request_ =
      get("https://identity.us-ashburn-1.oraclecloud.com/20160918/users/"
          "u?a=b%20c&limit=5");
  ASSERT_TRUE(sign_with({"oci"}));
  EXPECT_THAT(header("Authorization"), StartsWith("Signature version=\"1\","));
  EXPECT_EQ(parameter("headers"), "date (request-target) host");
  EXPECT_EQ(parameter("algorithm"), "rsa-sha256");
  EXPECT_EQ(parameter("keyId"),
            "ocid1.tenancy.oc1..t/ocid1.user.oc1..u/" + key_.fingerprint());
  EXPECT_TRUE(
      key_.verifies("date: Thu, 01 Jan 2026 00:00:00 GMT\n"
                    "(request-target): get /20160918/users/u?a=b%20c&limit=5\n"
                    "host: identity.us-ashburn-1.oraclecloud.com",
                    *decode_base64(parameter("signature"))));
}

TEST_F(Oci, SignsABody) {
  request_ = post("https://iaas.us-ashburn-1.oraclecloud.com/20160918/x",
                  "application/json", "{\"a\":1}");
  ASSERT_TRUE(sign_with({"oci"}));
  EXPECT_EQ(parameter("headers"),
            "date (request-target) host content-length content-type "
            "x-content-sha256");
  EXPECT_TRUE(key_.verifies(
      "date: Thu, 01 Jan 2026 00:00:00 GMT\n"
      "(request-target): post /20160918/x\n"
      "host: iaas.us-ashburn-1.oraclecloud.com\n"
      "content-length: 7\n"
      "content-type: application/json\n"
      "x-content-sha256: AVq9f1zFei3ZS3WQ8ErYCEJzkF7jPsXOvq5iJ2qX+GI=",
      *decode_base64(parameter("signature"))));
}

TEST_F(Oci, WhatIsMissing) {
  known_.erase("fact.oracle-user-ocid");
  EXPECT_FALSE(sign_with({"oci"}));
  known_["fact.oracle-user-ocid"] = "ocid1.user.oc1..u";
  for (const std::string& bad :
       {std::string("no key"), key_.encrypted_pem(), elliptic_pem(),
        key_.pem().substr(0, 200),
        std::string("-----BEGIN PRIVATE KEY-----\nAAAA\n"
                    "-----END PRIVATE KEY-----")}) {
    set_secret(bad);
    const Status status = sign_with({"oci"});
    ASSERT_FALSE(status) << bad;
    EXPECT_THAT(status.error().text, HasSubstr("private key"));
  }
}

class Ovh : public SchemesFixture {
 protected:
  Ovh() {
    known_["part.ovh-application-key"] = "synthetic-key";
    known_["part.ovh-application-secret"] = "synthetic-application-secret";
    known_["part.ovh-consumer-key"] = "synthetic-consumer-key";
    now_ = kNewYear;
  }
};

// ovh 1.2.0 (Python)
TEST_F(Ovh, SignsLikeTheClient) {
  request_ = get("https://eu.api.ovh.com/1.0/domain/zone?a=1");
  ASSERT_TRUE(sign_with({"ovh"}));
  EXPECT_EQ(header("X-Ovh-Application"), "synthetic-key");
  EXPECT_EQ(header("X-Ovh-Consumer"), "synthetic-consumer-key");
  EXPECT_EQ(header("X-Ovh-Timestamp"), "1767225600");
  EXPECT_EQ(header("X-Ovh-Signature"),
            "$1$982e9f882b0a8e1dd9376bea659fa1d025d3002d");
  request_ =
      post("https://eu.api.ovh.com/1.0/x", "application/json", "{\"a\":1}");
  ASSERT_TRUE(sign_with({"ovh"}));
  EXPECT_EQ(header("X-Ovh-Signature"),
            "$1$3bcca5a06ca072cbc1a706ec2a2b746d59f0146f");
}

TEST_F(Ovh, NeedsAllThree) {
  for (const char* part :
       {"part.ovh-application-key", "part.ovh-application-secret",
        "part.ovh-consumer-key"}) {
    auto kept = known_.extract(part);
    const Status status = sign_with({"ovh"});
    ASSERT_FALSE(status) << part;
    EXPECT_THAT(status.error().text, HasSubstr("not all known"));
    known_.insert(std::move(kept));
  }
  EXPECT_TRUE(request_.headers.empty());
}

class Google : public SchemesFixture {
 protected:
  Google() {
    known_["fact.client_email"] = "deploy@acme.iam.gserviceaccount.com";
    known_["fact.private_key_id"] = "k-1";
    now_ = kNewYear;
    transport_.reply.status = 200;
    transport_.reply.body = R"({"access_token":"short"})";
  }

  // The two JSON parts of the assertion, after its signature was verified.
  std::vector<nlohmann::json> assertion(const RsaPair& key) {
    const std::string& body = transport_.asked.back().body;
    const std::string text =
        body.substr(body.find("&assertion=") + sizeof "&assertion=" - 1);
    const std::size_t first = text.find('.'), last = text.rfind('.');
    EXPECT_TRUE(key.verifies(text.substr(0, last),
                             decode_base64(text.substr(last + 1)).value()));
    std::vector<nlohmann::json> parts;
    for (const std::string& part :
         {text.substr(0, first), text.substr(first + 1, last - first - 1)}) {
      parts.push_back(nlohmann::json::parse(decode_base64(part).value()));
    }
    return parts;
  }
};

TEST_F(Google, ExchangesASignedAssertion) {
  const RsaPair key;
  std::string escaped = key.pem();
  for (std::size_t at; (at = escaped.find('\n')) != escaped.npos;) {
    escaped.replace(at, 1, "\\n");
  }
  for (const std::string& secret : {key.pem(), escaped}) {
    session_.clear();
    set_secret(secret);
    ASSERT_TRUE(sign_with({"google"}));
    EXPECT_EQ(header("Authorization"), "Bearer short");
    EXPECT_EQ(transport_.asked.back().url,
              "https://oauth2.googleapis.com/token");
    EXPECT_FALSE(transport_.asked.back().reads_because.empty());
    EXPECT_THAT(transport_.asked.back().body,
                StartsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3A"
                           "grant-type%3Ajwt-bearer&assertion="));
    const auto parts = assertion(key);
    EXPECT_EQ(parts[0].dump(), R"({"alg":"RS256","kid":"k-1","typ":"JWT"})");
    EXPECT_EQ(parts[1]["iss"], "deploy@acme.iam.gserviceaccount.com");
    EXPECT_EQ(parts[1]["aud"], "https://oauth2.googleapis.com/token");
    EXPECT_EQ(parts[1]["scope"],
              "https://www.googleapis.com/auth/cloud-platform.read-only");
    EXPECT_EQ(parts[1]["iat"], kNewYear);
    EXPECT_EQ(parts[1]["exp"], kNewYear + 600);
    EXPECT_FALSE(parts[1].contains("sub"));  // never somebody else's name
  }
}

TEST_F(Google, KeyFileSaysItAllButNotWhereToAsk) {
  const RsaPair key;
  known_.clear();
  set_secret(nlohmann::json{{"type", "service_account"},
                            {"client_email", "a@b.iam.gserviceaccount.com"},
                            {"private_key_id", "k-2"},
                            {"private_key", key.pem()},
                            {"token_uri", "https://evil.example/token"}}
                 .dump());
  ASSERT_TRUE(sign_with({"google"}));
  EXPECT_EQ(transport_.asked.back().url, "https://oauth2.googleapis.com/token");
  EXPECT_EQ(assertion(key)[1]["iss"], "a@b.iam.gserviceaccount.com");
}

TEST_F(Google, OneTokenForEachScope) {
  const RsaPair key;
  set_secret(key.pem());
  for (int time = 0; time < 2; ++time) {
    ASSERT_TRUE(sign_with({"google"}));
    ASSERT_TRUE(sign_with({"google", "compute.readonly", "datastore"}));
  }
  EXPECT_EQ(transport_.asked.size(), 2u);
  EXPECT_EQ(assertion(key)[1]["scope"],
            "https://www.googleapis.com/auth/compute.readonly "
            "https://www.googleapis.com/auth/datastore");
  known_["endpoint"] = "http://127.0.0.1:8080";
  ASSERT_TRUE(sign_with({"google"}));
  EXPECT_EQ(transport_.asked.back().url, "http://127.0.0.1:8080/token");
}

// docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/
// generating-a-json-web-token-jwt-for-a-github-app
TEST_F(SchemesFixture, AGitHubAppSignsForItself) {
  const RsaPair key;
  set_secret(key.pem());
  now_ = kNewYear;
  EXPECT_FALSE(sign_with({"github-app"}));  // the key of which app?
  known_["fact.github-app-id"] = "123456";
  ASSERT_TRUE(sign_with({"github-app"}));
  const std::string jwt = header("Authorization").substr(sizeof "Bearer");
  const std::size_t first = jwt.find('.'), last = jwt.rfind('.');
  EXPECT_TRUE(key.verifies(jwt.substr(0, last),
                           decode_base64(jwt.substr(last + 1)).value()));
  const auto claims = nlohmann::json::parse(
      decode_base64(jwt.substr(first + 1, last - first - 1)).value());
  EXPECT_EQ(claims, (nlohmann::json{{"iss", "123456"},
                                    {"iat", kNewYear - 60},
                                    {"exp", kNewYear + 300}}));
  known_["fact.github-client-id"] = "Iv1.ab1112223334445c";
  ASSERT_TRUE(sign_with({"github-app"}));
  EXPECT_TRUE(transport_.asked.empty());  // nothing is exchanged for it
}

TEST_F(Google, AnAccessTokenIsUsedAsItIs) {
  set_secret("ya29.seeded-token-of-an-hour");
  ASSERT_TRUE(sign_with({"google"}));
  EXPECT_EQ(header("Authorization"), "Bearer ya29.seeded-token-of-an-hour");
  EXPECT_TRUE(transport_.asked.empty());
}

TEST_F(Google, DeadIsNotUnclear) {
  const RsaPair key;
  set_secret(key.pem());
  struct Case {
    int status;
    const char* body;
    bool dead;
  };
  const Case cases[] = {
      {400,
       R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})",
       true},
      {400,
       R"({"error":"invalid_grant","error_description":"Invalid grant: account not found"})",
       true},
      {400,
       R"({"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."})",
       false},
      {403, R"({"error":"access_denied"})", false},
      {500, R"({"error":"invalid_grant"})", false},
      {200, "{}", false},
      {400, "<html>", false},
      {0, "", false},
  };
  for (const Case& c : cases) {
    transport_.reply.status = c.status;
    transport_.reply.body = c.body;
    const Status status = sign_with({"google"});
    ASSERT_FALSE(status) << c.body;
    EXPECT_EQ(status.error().text.starts_with(kDead), c.dead) << c.body;
  }
}

class Azure : public SchemesFixture {};

TEST_F(Azure, DeadIsNotUnclear) {
  set_secret("SYNTHETIC");
  known_["fact.azure-tenant-id"] = "t-1";
  known_["fact.azure-client-id"] = "c-1";
  const std::pair<const char*, bool> cases[] = {
      {R"({"error":"invalid_client","error_codes":[7000215]})", true},
      {R"({"error":"invalid_client","error_codes":[7000222]})", true},
      {R"({"error":"invalid_grant","error_codes":[53003]})", false},
      {R"({"error":"unauthorized_client","error_codes":[700016]})", false},
      {R"({"error":"invalid_request","error_codes":[90002]})", false},
      {"[]", false},
  };
  for (const auto& [body, dead] : cases) {
    transport_.reply.status = 401;
    transport_.reply.body = body;
    const Status status = sign_with({"azure"});
    ASSERT_FALSE(status) << body;
    EXPECT_EQ(status.error().text.starts_with(kDead), dead) << body;
  }
}

TEST(Signing, Target) {
  const RequestTarget target = target_of("https://h.example:8443?a=1");
  EXPECT_EQ(target.host, "h.example:8443");
  EXPECT_EQ(target.path, "/");
  EXPECT_EQ(target.query, "a=1");
  EXPECT_EQ(target_of("https://h.example/p?").query, "");
  EXPECT_EQ(target_of("no url").host, "");
}

TEST(Signing, Squeezed) {
  EXPECT_EQ(squeezed("  a   b\t c "), "a b c");
  EXPECT_EQ(squeezed("   "), "");
}

}  // namespace
}  // namespace overreach
