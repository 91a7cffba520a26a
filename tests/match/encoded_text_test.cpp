#include "scanner/match/encoded_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "scanner/base/encoding.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts_in(std::string_view run) {
  std::vector<std::string> texts;
  for_each_encoded_text(
      run, 0, run.size(), [&](std::size_t begin, std::string_view text) {
        texts.push_back(std::to_string(begin) + " " + std::string(text));
      });
  return texts;
}

TEST(EncodedText, WhatPeopleCanRead) {
  const std::string text = "user = orders\npassword = gr\xc3\xbc\xc3\x9f\n";
  EXPECT_THAT(texts_in(encode_base64(text)), ElementsAre("0 " + text));
  EXPECT_THAT(texts_in("KEY=" + encode_base64(text)), ElementsAre("4 " + text));
  // Padded or not.
  for (const std::string end : {"", "1", "12"}) {
    std::string encoded = encode_base64(text + end);
    encoded.erase(encoded.find_last_not_of('=') + 1);
    EXPECT_THAT(texts_in(encoded), ElementsAre("0 " + text + end));
  }
}

TEST(EncodedText, Nothing) {
  EXPECT_THAT(texts_in(encode_base64(std::string(60, '\x01'))), IsEmpty());
  EXPECT_THAT(texts_in(encode_base64("password=" + std::string(40, '\0'))),
              IsEmpty());
  EXPECT_THAT(texts_in(encode_base64("too short")), IsEmpty());
  EXPECT_THAT(texts_in("AFunctionWithALongNameThatIsNoBase64AtAll"), IsEmpty());
  EXPECT_THAT(texts_in(""), IsEmpty());
}

std::string token(std::uint64_t seed) {
  return make_example(*all_rules().find("github-classic-pat"), seed).secret;
}

TEST(EncodedText, NoDeeperThanAsked) {
  std::string text = "GITHUB_TOKEN=" + token(1) + "\n";
  for (int depth = 0; depth <= 6; ++depth) {
    for (const int allowed : {0, 1, 2, 5}) {
      const Matcher matcher(all_rules(), allowed);
      EXPECT_EQ(match_all("a.txt", "x: " + text, matcher).candidates.size(),
                depth <= allowed ? 1u : 0u)
          << depth << " of " << allowed;
    }
    text = encode_base64(text);
  }
}

TEST(EncodedText, TokensInItAreFoundWhereTheyStand) {
  const std::string inner =
      "A=1\nGITHUB_TOKEN=" + token(1) + "\nOTHER=" + token(2) + "\n";
  const std::string text = "config: " + encode_base64(inner) + "\n";
  const MatchResult result = match_all("a.yml", text);
  ASSERT_EQ(result.candidates.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    const Candidate& found = result.candidates[i];
    EXPECT_EQ(found.secret.reveal(), token(i + 1));
    EXPECT_EQ(found.key, "config");
    EXPECT_EQ(found.line, 1u);
    // What stands there holds it.
    const auto around = decode_base64(
        std::string_view(text).substr(found.begin, found.end - found.begin));
    ASSERT_TRUE(around);
    EXPECT_NE(around->find(token(i + 1)), around->npos);
  }
}

// A short beginning and the right length occur in any picture.
TEST(EncodedText, FormsInEncodedBytesAreChance) {
  TestRandom random(47);
  const std::string bytes = random.text(kBase62, 300);
  const std::string key =
      make_example(*all_rules().find("exoscale-api-key"), 1).secret;
  const auto found = [&](std::string_view before, std::string_view behind) {
    return found_in("a.js", std::string("x = \"") + std::string(before) + key +
                                std::string(behind) + "\";");
  };
  EXPECT_THAT(found(bytes + "/", "+" + bytes), testing::IsEmpty());
  EXPECT_THAT(found("https://x.test/oak/", "/walnut"),
              ElementsAre("exoscale-api-key " + key));
  EXPECT_THAT(found("", ""), ElementsAre("exoscale-api-key " + key));
}

TEST(EncodedText, TwiceAndWithAName) {
  const std::string twice =
      encode_base64("x: " + encode_base64("y: " + token(1) + "\n") + "\n");
  EXPECT_THAT(found_in("a.yml", "z=" + twice),
              ElementsAre("github-classic-pat " + token(1)));
  // Of a form that only a name makes one.
  const std::string secret =
      make_example(*all_rules().find("aws-secret-access-key"), 1).secret;
  EXPECT_THAT(found_in("a.yml", "z: " + encode_base64("AWS_SECRET_ACCESS_KEY=" +
                                                      secret)),
              ElementsAre("aws-secret-access-key " + secret));
}

}  // namespace
}  // namespace overreach
