#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

constexpr std::string_view kHead =
    "[provider]\n"
    "id = \"acme\"\n"
    "name = \"Acme Cloud\"\n"
    "docs = \"https://docs.acme.example\"\n"
    "revoke = \"https://acme.example/tokens\"\n";

// kHead and one token, whose first line is line 6.
std::string with_token(std::string_view keys) {
  return std::string(kHead) + "[[token]]\n" + std::string(keys);
}

std::string error_of(std::string_view text) {
  RuleSet rules;
  const Status status = add_rule_text("acme.toml", text, rules);
  return status ? "fine" : status.error().text;
}

TEST(RuleFile, ReachOfAllTokensOfAProvider) {
  RuleSet rules;
  const Status status = add_rule_text("acme.toml", R"([provider]
id = "acme"
name = "Acme"
docs = "https://docs.acme.example"
revoke = "Settings > Keys"
reach_if = [ { fact = "use", equals = "old", level = "none", why = "is old" } ]

[[token]]
id = "acme-key"
name = "Acme key"
shape = "acme_{base62:32}"
reach = { level = "write", why = "writes" }
reach_if = [ { fact = "mode", equals = "test", level = "read", why = "reads" } ]
)",
                                      rules);
  ASSERT_TRUE(status) << status.error().text;
  std::string levels;
  for (const ReachRule& reach : rules.tokens.at(0).reach) {
    levels += std::string(to_string(reach.level)) + " ";
  }
  EXPECT_EQ(levels, "read none write ");
}

TEST(RuleFile, ReadsEveryKey) {
  RuleSet rules;
  const Status status = add_rule_text("acme.toml", with_token(R"(
id = "acme-secret-key"
name = "Acme secret key"
shape = "acme_{mode=live|test}_{base62:32}{base62:6}"
check = "crc32-base62"
environment = { live = "production", test = "test" }
facts = ["jwt"]
reach = { level = "write", evidence = "inferred", why = "writes" }
reach_if = [ { fact = "mode", equals = "test", level = "read", why = "reads" } ]
reach_in_tests = { level = "unknown", why = "opens what they start" }
context = ["acme"]
keys = ["ACME_TOKEN"]
companions = [ { rule = "acme-account-id", needed = true } ]
revoke = "Settings > Keys"
narrower = "a restricted key"
confidence = "low"
public = true
examples = ["x"]
counter_examples = ["acme_live_helpers"]
)"),
                                      rules);
  ASSERT_TRUE(status) << status.error().text;
  ASSERT_EQ(rules.tokens.size(), 1u);
  const TokenRule& rule = rules.tokens[0];
  EXPECT_EQ(rule.id, "acme-secret-key");
  EXPECT_EQ(rule.name, "Acme secret key");
  EXPECT_EQ(rule.provider, "acme");
  EXPECT_EQ(rule.provider_name, "Acme Cloud");
  EXPECT_EQ(rule.docs, "https://docs.acme.example");
  EXPECT_EQ(rule.revoke, "Settings > Keys");
  EXPECT_EQ(rule.narrower, "a restricted key");
  EXPECT_EQ(rule.finder, Finder::shape);
  EXPECT_EQ(rule.shape.size(), 5u);
  EXPECT_EQ(rule.check, Check::crc32_base62);
  EXPECT_EQ(rule.confidence, Confidence::low);
  EXPECT_TRUE(rule.is_public);
  EXPECT_TRUE(rule.needs_context());
  ASSERT_EQ(rule.reach.size(), 3u);  // conditions first, the default last
  EXPECT_EQ(rule.reach[0].where, ReachCase::only_tests);
  EXPECT_EQ(rule.reach[0].level, Level::unknown);
  EXPECT_EQ(rule.reach[1].fact, "mode");
  EXPECT_EQ(rule.reach[1].equals, "test");
  EXPECT_EQ(rule.reach[1].level, Level::read);
  EXPECT_EQ(rule.reach[1].where, ReachCase::any);
  EXPECT_TRUE(rule.reach[2].fact.empty());
  EXPECT_EQ(rule.reach[2].where, ReachCase::any);
  EXPECT_EQ(rule.reach[2].level, Level::write);
  EXPECT_EQ(rule.reach[2].evidence, Evidence::inferred);
  ASSERT_EQ(rule.environment.size(), 2u);
  EXPECT_EQ(rule.environment[0].equals, "live");
  EXPECT_EQ(rule.environment[0].environment, EnvironmentClass::production);
  ASSERT_EQ(rule.companions.size(), 1u);
  EXPECT_TRUE(rule.companions[0].needed);
  ASSERT_EQ(rule.counter_examples.size(), 1u);
}

TEST(RuleFile, ConfidenceByForm) {
  const struct {
    std::string_view keys;
    Confidence confidence;
  } cases[] = {
      {"shape = \"acme_{base62:32}\"", Confidence::high},
      {"shape = \"acme_{base62:4}\"", Confidence::medium},  // short
      {"shape = \"acme_{base62:32}\"\ncontext = [\"acme\"]",
       Confidence::medium},
      {"pattern = \"acme[0-9]+\"", Confidence::medium},
      {"finder = \"pem\"", Confidence::medium},
  };
  for (const auto& c : cases) {
    RuleSet rules;
    const Status status = add_rule_text(
        "acme.toml",
        with_token("id = \"acme-k\"\nname = \"K\"\n" + std::string(c.keys)),
        rules);
    ASSERT_TRUE(status) << status.error().text;
    EXPECT_EQ(rules.tokens[0].confidence, c.confidence) << c.keys;
  }
}

TEST(RuleFile, KeepsRulesSortedAndTextsAlive) {
  RuleSet rules;
  for (const std::string id : {"acme-z", "acme-a"}) {
    const std::string text =
        with_token("id = \"" + id + "\"\nname = \"K\"\nfinder = \"pem\"");
    ASSERT_TRUE(add_rule_text("acme.toml", text, rules));
  }
  ASSERT_EQ(rules.tokens.size(), 2u);
  EXPECT_EQ(rules.tokens[0].id, "acme-a");
  EXPECT_EQ(rules.tokens[0].provider_name, "Acme Cloud");
  EXPECT_NE(rules.find("acme-z"), nullptr);
  EXPECT_EQ(rules.find("acme-y"), nullptr);
}

// Each error with its place and cause.  The keys begin in line 7.
TEST(RuleFile, ErrorsInATokenNameLineAndCause) {
  const std::string good = "id = \"acme-k\"\nname = \"K\"\n";  // lines 7, 8
  const std::string shape = "shape = \"acme_{base62:9}\"\n";   // line 9
  const struct {
    std::string keys, error;
  } cases[] = {
      {"name = \"K\"\nfinder = \"pem\"\n", "acme.toml:6: id: is missing"},
      {"id = \"acme-k\"\nfinder = \"pem\"\n",
       "acme.toml:6: acme-k: name: is missing"},
      {good, "acme.toml:6: acme-k: shape: give one of shape, pattern, finder"},
      {good + shape + "finder = \"pem\"",
       "acme.toml:9: acme-k: shape: give one of shape, pattern, finder"},
      {good + shape + "pattern = \"x\"",
       "acme.toml:9: acme-k: shape: give one of shape, pattern, finder"},
      {good + "shape = \"acme_{base63:9}\"",
       "acme.toml:9: acme-k: shape: column 7: unknown alphabet base63"},
      {good + "finder = \"eyes\"",
       "acme.toml:9: acme-k: finder: unknown finder"},
      {good + shape + "chek = \"crc32-hex\"",
       "acme.toml:10: acme-k: unknown key 'chek'"},
      {good + shape + "check = \"md5\"",
       "acme.toml:10: acme-k: check: unknown check md5"},
      {good + shape + "confidence = \"sure\"",
       "acme.toml:10: acme-k: confidence: must be high, medium or low"},
      {good + shape + "public = \"yes\"",
       "acme.toml:10: acme-k: public: must be true or false"},
      {good + shape + "min_entropy = \"3\"",
       "acme.toml:10: acme-k: min_entropy: must be a number"},
      {good + shape + "min_entropy = -1",
       "acme.toml:10: acme-k: min_entropy: must be from 0 to 8"},
      {good + shape + "min_entropy = nan",
       "acme.toml:10: acme-k: min_entropy: must be from 0 to 8"},
      {good + shape + "docs = 1", "acme.toml:10: acme-k: docs: must be a text"},
      {good + shape + "keys = \"A\"",
       "acme.toml:10: acme-k: keys: must be a list of texts"},
      {good + shape + "keys = [\"A\",\n1]",
       "acme.toml:11: acme-k: keys: must be a list of texts"},
      {good + shape + "environment = \"live\"",
       "acme.toml:10: acme-k: environment: must be a table"},
      {good + shape + "environment = { live = \"prod\" }",
       "acme.toml:10: acme-k: environment: unknown environment"},
      {good + shape + "reach = \"write\"",
       "acme.toml:10: acme-k: reach: must be a table"},
      {good + shape + "reach = { level = \"much\", why = \"x\" }",
       "acme.toml:10: acme-k: reach: level: must be root, destructive, write, "
       "read, none or unknown"},
      {good + shape + "reach = { level = \"write\" }",
       "acme.toml:10: acme-k: reach: why: is missing"},
      {good + shape +
           "reach = { level = \"write\", why = \"x\", evidence = \"seen\" }",
       "acme.toml:10: acme-k: reach: evidence: must be assumed or inferred"},
      {good + shape + "reach = { level = \"write\", why = \"x\", who = \"y\" }",
       "acme.toml:10: acme-k: reach: unknown key 'who'"},
      {good + shape + "reach_if = { fact = \"a\" }",
       "acme.toml:10: acme-k: reach_if: must be a list of tables"},
      {good + shape + "reach_if = [ 1 ]",
       "acme.toml:10: acme-k: reach_if: must be a list of tables"},
      {good + shape + "reach_if = [ { fact = \"a\", equals = \"b\" } ]",
       "acme.toml:10: acme-k: reach_if: level: must be root, destructive, "
       "write, read, none or unknown"},
      {good + shape + "companions = [ { rule = \"x\", need = true } ]",
       "acme.toml:10: acme-k: companions: unknown key 'need'"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(error_of(with_token(c.keys)), c.error) << c.keys;
  }
}

TEST(RuleFile, ErrorsOfTheFile) {
  const struct {
    std::string text, error;
  } cases[] = {
      {"", "acme.toml:1: [provider] is missing"},
      {"provider = 1", "acme.toml:1: [provider] is missing"},
      {"[provider]\nname = \"A\"", "acme.toml:1: provider: id: is missing"},
      {"[provider]\nid = \"a\"", "acme.toml:1: provider: name: is missing"},
      {"[provider]\nid = \"a\"\nname = \"A\"\nurl = \"x\"",
       "acme.toml:4: provider: unknown key 'url'"},
      {"[provider]\nid = 1\nname = \"A\"",
       "acme.toml:2: provider: id: must be a text"},
      {std::string(kHead) + "[[tokens]]\nid = \"x\"",
       "acme.toml:6: unknown key 'tokens'"},
      {std::string(kHead) + "[token]\nid = \"x\"",
       "acme.toml:6: token: must be a list of tables"},
      {"token = [1]\n" + std::string(kHead),
       "acme.toml:1: token: must be a list of tables"},
  };
  for (const auto& c : cases) EXPECT_EQ(error_of(c.text), c.error) << c.text;
}

TEST(RuleFile, SyntaxErrorsNameTheLine) {
  for (const std::string_view text :
       {"[provider\n", "[provider]\nid = \n", "[provider]\nid = \"a\nname",
        "[#", "\xc3\xa9 = 1", "a\xc3\xa9 = 1", "a\xe3\x80\x81 = 1", "[ .a]",
        "[[=]]", "[", "[[", "[\xff]"}) {
    const std::string error = error_of(text);
    EXPECT_TRUE(error.starts_with("acme.toml:")) << error;
    EXPECT_FALSE(error.ends_with(".")) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
}

TEST(RulePath, MissingFile) {
  RuleSet rules;
  const Status status = add_rule_path("/no/such/acme.toml", rules);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().text, "/no/such/acme.toml: no such file or folder");
}

TEST(CheckRules, WhatIsWrongBetweenRules) {
  RuleSet rules;
  const std::string text =
      with_token(
          "id = \"acme-a\"\nname = \"A\"\nfinder = \"assignment\"\n"
          "companions = [ { rule = \"acme-none\" } ]\n") +
      "[[token]]\nid = \"acme-a\"\nname = \"A\"\nfinder = \"file\"\n"
      "narrower = \"x\"\nreach = { level = \"read\", why = \"x\" }\n"
      "[[token]]\nid = \"other-b\"\nname = \"B\"\npublic = true\n"
      "shape = \"b_{digits:20}\"\ncounter_examples = [\"b_{digits:20}\"]\n";
  ASSERT_TRUE(add_rule_text("acme.toml", text, rules));
  const std::vector<std::string> expected = {
      "acme-a: companion acme-none is no rule",
      "acme-a: examples are missing",
      "acme-a: id used twice",
      "acme-a: narrower is missing",
      "acme-a: paths are missing",
      "acme-a: reach is missing",
      "other-b: counter-example matches: b_{digits:20}",
      "other-b: id must begin with acme",
  };
  EXPECT_EQ(check_rules(rules), expected);
}

}  // namespace
}  // namespace overreach
