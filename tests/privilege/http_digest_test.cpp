// HTTP Digest against the example of RFC 7616, section 3.9.1.

#include "scanner/privilege/schemes/http_digest.h"

#include <gmock/gmock.h>

#include "tests/privilege/schemes_test.h"

namespace overreach {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kNonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
const std::string kChallenge =
    "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
    "nonce=\"" +
    kNonce + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

HttpReply challenged(const std::string& challenge) {
  HttpReply reply;
  reply.status = 401;
  reply.headers = {{"www-authenticate", challenge}};
  return reply;
}

DigestAnswer mufasa() {
  return {"Mufasa", "Circle of Life", "GET", "/dir/index.html",
          "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"};
}

TEST(HttpDigest, PublishedExample) {
  const auto md5 = digest_challenge(challenged(kChallenge + ", algorithm=MD5"));
  ASSERT_TRUE(md5);
  EXPECT_EQ(md5->realm, "http-auth@example.org");
  EXPECT_EQ(md5->nonce, kNonce);
  EXPECT_THAT(digest_authorization(*md5, mufasa()),
              HasSubstr("response=\"8ca523f5e9506fed4657c9700eebdbec\""));
  const auto sha =
      digest_challenge(challenged(kChallenge + ", algorithm=SHA-256"));
  ASSERT_TRUE(sha);
  const std::string text = digest_authorization(*sha, mufasa());
  EXPECT_THAT(text, HasSubstr("response=\"753927fa0e85d155564e2e272a28d1802ca10"
                              "daf4496794697cf8db5856cb6c1\""));
  EXPECT_THAT(text, HasSubstr("qop=auth, nc=00000001, "));
  EXPECT_THAT(text, HasSubstr("algorithm=SHA-256"));
  EXPECT_THAT(text, HasSubstr("opaque=\"FQhe/"));
}

TEST(HttpDigest, WithoutAnAlgorithmItIsMd5) {
  const auto challenge = digest_challenge(challenged(kChallenge));
  ASSERT_TRUE(challenge);
  EXPECT_THAT(digest_authorization(*challenge, mufasa()),
              HasSubstr("8ca523f5e9506fed4657c9700eebdbec"));
}

TEST(HttpDigest, ChallengesStandBesideOthers) {
  for (const std::string& text : {
           "Basic realm=\"a, digest b\", " + kChallenge,
           kChallenge + ", Basic realm=\"x\"",
           "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", "
           "algorithm=SHA-512-256, " +
               kChallenge,
       }) {
    const auto challenge = digest_challenge(challenged(text));
    ASSERT_TRUE(challenge) << text;
    EXPECT_EQ(challenge->nonce, kNonce) << text;
  }
  const auto escaped = digest_challenge(
      challenged(R"(Digest realm="a \"b\"", nonce="n", qop=auth)"));
  ASSERT_TRUE(escaped);
  EXPECT_EQ(escaped->realm, "a \"b\"");
  EXPECT_THAT(digest_authorization(*escaped, mufasa()),
              HasSubstr(R"(realm="a \"b\"")"));
}

TEST(HttpDigest, WhatCannotBeAnswered) {
  for (const char* text :
       {"", "Basic realm=\"x\"", "Digest", "Digest ", "Digest realm=\"x",
        "Digest nonce=\"n\"", "Digest nonce=\"n\", qop=\"auth-int\"",
        "Digest nonce=\"\", qop=\"auth\"",
        "Digest nonce=\"n\", qop=\"auth\", algorithm=MD5-sess",
        "Digest nonce=\"n\\", "Digest =,=,=\""}) {
    EXPECT_FALSE(digest_challenge(challenged(text))) << text;
  }
  HttpReply good = challenged(kChallenge);
  good.status = 200;
  EXPECT_FALSE(digest_challenge(good));
}

class Digest : public SchemesFixture {
 protected:
  Digest() {
    set_secret("SYNTHETIC-PRIVATE");
    known_["part.acme-public-key"] = "abcdefgh";
    request_.url = "https://api.acme.example/v2/orgs?page=1";
    transport_.reply = challenged(kChallenge);
  }
  const std::vector<std::string> words_ = {"digest", "{part.acme-public-key}",
                                           "{secret}"};
};

TEST_F(Digest, AsksForAChallengeFirst) {
  ASSERT_TRUE(sign_with(words_));
  ASSERT_EQ(transport_.asked.size(), 1u);
  EXPECT_EQ(transport_.asked[0].url, request_.url);
  EXPECT_TRUE(transport_.asked[0].headers.empty());
  const std::string first = header("Authorization");
  EXPECT_THAT(first, StartsWith("Digest username=\"abcdefgh\""));
  EXPECT_THAT(first, HasSubstr("uri=\"/v2/orgs?page=1\""));
  request_.headers.clear();
  ASSERT_TRUE(sign_with(words_));
  EXPECT_NE(header("Authorization"), first) << "the client's part is random";
}

TEST_F(Digest, WithoutAChallengeNothingIsShown) {
  for (const int status : {200, 401, 403, 503}) {
    transport_.reply = {};
    transport_.reply.status = status;
    const Status status_of_sign = sign_with(words_);
    ASSERT_FALSE(status_of_sign);
    EXPECT_THAT(status_of_sign.error().text,
                HasSubstr("status " + std::to_string(status)));
    EXPECT_EQ(header("Authorization"), "");
  }
  transport_.reply.status = 0;
  transport_.reply.error = "no connection";
  const Status broken = sign_with(words_);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().text, "no connection");
}

TEST_F(Digest, NeedsBothParts) {
  known_.clear();
  EXPECT_FALSE(sign_with(words_));
  EXPECT_TRUE(transport_.asked.empty());
  EXPECT_FALSE(sign_with({"digest"}));
}

}  // namespace
}  // namespace overreach
