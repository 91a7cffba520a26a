// Files in which tools keep their log-ins, as `stored` of the rules names them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/match/matching.h"

namespace overreach {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// Of no provider's form; an obvious seed.
constexpr std::string_view kValue =
    "ExampleStored0seed1Qx7Lw9Rt3Vb5Nm2Kp4Hd6Fg8";

std::vector<std::string> words_of_row(std::string_view row) {
  std::vector<std::string> words;
  while (!row.empty()) {
    const std::size_t space = std::min(row.find(' '), row.size());
    words.emplace_back(row.substr(0, space));
    row.remove_prefix(std::min(space + 1, row.size()));
  }
  return words;
}

// As a file of this name would have it.
std::string text_of(const std::string& path, const std::string& name) {
  const std::string value(kValue);
  if (name.empty()) return value + "\n";
  if (path == ".netrc") {
    return "machine " + name + "\n  login kim\n  password " + value + "\n";
  }
  if (path.ends_with(".json")) {
    return "{\n  \"user\": {\"" + name + "\": \"" + value + "\"}\n}\n";
  }
  if (path.ends_with(".toml") || path.ends_with("rc")) {
    return "[default]\n" + name + " = \"" + value + "\"\n";
  }
  return "default:\n  " + name + ": " + value + "\n";
}

TEST(Stored, EveryRowIsFoundUnderItsRule) {
  for (const TokenRule& rule : all_rules().tokens) {
    if (rule.is_public) continue;  // found beside its secret only
    for (const std::string_view row : rule.stored) {
      std::vector<std::string> words = words_of_row(row);
      ASSERT_FALSE(words.empty()) << rule.id;
      if (words.size() == 1) words.emplace_back();
      for (std::size_t i = 1; i < words.size(); ++i) {
        SCOPED_TRACE(words[0] + " " + words[i]);
        EXPECT_THAT(found_in("~/" + words[0], text_of(words[0], words[i])),
                    Contains(std::string(rule.id) + " " + std::string(kValue)));
      }
    }
  }
}

TEST(Stored, FormOfItsOwnSaysMore) {
  const TokenRule* const oauth = all_rules().find("github-oauth-token");
  ASSERT_TRUE(oauth);
  const std::string token = make_example(*oauth, 1).secret;
  EXPECT_THAT(found_in("~/.config/gh/hosts.yml",
                       "github.com:\n    oauth_token: " + token + "\n"),
              ElementsAre("github-oauth-token " + token));
}

TEST(Stored, SaysMoreThanAFormOfManyProviders) {
  const std::string token =
      "eyJhbGciOiJSUzI1NiJ9.eyJpZCI6ImV4YW1wbGUifQ." + std::string(kValue);
  EXPECT_THAT(found_in("~/.config/turso/settings.json",
                       "{\"token\": \"" + token + "\"}"),
              ElementsAre("turso-platform-token " + token));
}

TEST(Stored, OnlyTheWholeNameAndFileCount) {
  const std::string value(kValue);
  const auto is_railway = [&](const std::string& path,
                              const std::string& text) {
    for (const std::string& line : found_in(path, text)) {
      if (line.starts_with("railway")) return true;
    }
    return false;
  };
  const std::string text = "{\"token\": \"" + value + "\"}";
  EXPECT_TRUE(is_railway("~/.railway/config.json", text));
  EXPECT_FALSE(is_railway("~/.railways/config.json", text));
  EXPECT_FALSE(is_railway("~/x.railway/config.json", text));
  EXPECT_FALSE(is_railway("~/.railway/config.json",
                          "{\"token_type\": \"" + value + "\"}"));
  EXPECT_THAT(found_in("~/.railway/config.json", "{\"token\": null}"),
              IsEmpty());
  EXPECT_THAT(found_in("~/.railway/config.json", "{\"token\": \"${TOKEN}\"}"),
              IsEmpty());
}

TEST(WholeFiles, GlobsCountInAnyFolder) {
  const std::string key = "0123456789abcdef0123456789abcdee";
  for (const char* const path :
       {"config/credentials/production.key",
        "apps/shop/config/credentials/production.key"}) {
    EXPECT_THAT(found_in(path, key), ElementsAre(testing::EndsWith(key)))
        << path;
  }
}

TEST(WholeFiles, WordsMustBeInThem) {
  const auto is_session = [](const std::string& text) {
    const auto found = found_in("~/.aws/sso/cache/0a.json", text);
    return !found.empty() && found[0].starts_with("aws-sso-session ");
  };
  const std::string value(kValue);
  EXPECT_TRUE(is_session("{\"accessToken\": \"" + value + "\"}"));
  EXPECT_FALSE(is_session("{\"clientSecret\": \"" + value + "\"}"));
}

}  // namespace
}  // namespace overreach
