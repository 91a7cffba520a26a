#include "scanner/rulebook/gitleaks.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

std::string error_of(std::string_view text) {
  RuleSet rules;
  const Status status = add_rule_text("team.toml", text, rules);
  return status ? "fine" : status.error().text;
}

TEST(Gitleaks, ReadsARule) {
  RuleSet rules;
  const Status status = add_rule_text("team.toml", R"(
title = "our rules"
[[rules]]
id = "team-key"
description = "Team key"
regex = '''team_(?:live|test)_([a-z0-9]{20})'''
secretGroup = 1
entropy = 3.5
keywords = ["TEAM_", "key"]
path = '''\.env$'''
tags = ["team"]
[[rules.allowlists]]
condition = "AND"
paths = ['''^docs/''']
regexes = ['''example''']
regexTarget = "line"
stopwords = ["sample"]
[[rules]]
id = "any-env"
path = '''\.pem$'''
[allowlist]
paths = ['''vendor/''']
)",
                                      rules);
  ASSERT_TRUE(status) << status.error().text;
  ASSERT_EQ(rules.tokens.size(), 2u);
  const TokenRule& by_path = rules.tokens[0];
  EXPECT_EQ(by_path.id, "any-env");
  EXPECT_EQ(by_path.name, "any-env");
  EXPECT_TRUE(by_path.pattern.empty());
  EXPECT_EQ(by_path.path_pattern, "\\.pem$");
  const TokenRule& rule = rules.tokens[1];
  EXPECT_EQ(rule.id, "team-key");
  EXPECT_EQ(rule.name, "Team key");
  EXPECT_EQ(rule.finder, Finder::pattern);
  EXPECT_EQ(rule.pattern, "team_(?:live|test)_([a-z0-9]{20})");
  EXPECT_EQ(rule.secret_group, 1u);
  EXPECT_DOUBLE_EQ(rule.min_entropy, 3.5);
  EXPECT_TRUE(rule.is_custom);
  ASSERT_EQ(rule.keywords.size(), 2u);
  EXPECT_EQ(rule.keywords[0], "team_");
  ASSERT_EQ(rule.allowances.size(), 1u);
  const Allowance& allowance = rule.allowances[0];
  EXPECT_TRUE(allowance.all);
  EXPECT_EQ(allowance.target, Allowance::Target::line);
  EXPECT_EQ(allowance.paths.size(), 1u);
  EXPECT_EQ(allowance.patterns.size(), 1u);
  EXPECT_EQ(allowance.stopwords.size(), 1u);
  ASSERT_EQ(rules.allowances.size(), 1u);
  EXPECT_EQ(rules.allowances[0].paths[0], "vendor/");
}

TEST(Gitleaks, ErrorsNameLineAndCause) {
  const struct {
    std::string_view text, error;
  } cases[] = {
      {"[[rules]]\nid = \"a\"\nregex = '''(x'''\n",
       "team.toml:3: regex: missing ): (x"},
      {"[[rules]]\nid = \"a\"\n", "team.toml:1: a: regex is missing"},
      {"[[rules]]\nregex = \"x\"\n", "team.toml:1: rule: id is missing"},
      {"[[rules]]\nid = \"a\"\nregex = \"x\"\npath = \"[\"\n",
       "team.toml:4: path: missing ]: ["},
      {"[[rules]]\nid = \"a\"\nregex = \"(x)\"\nsecretGroup = 2\n",
       "team.toml:4: secretGroup: the regex has no such group"},
      {"[[rules]]\nid = \"a\"\nregex = \"x\"\nkeywords = \"k\"\n",
       "team.toml:4: keywords: must be a list"},
      {"[[rules]]\nid = \"a\"\nregex = \"x\"\nkeywords = [1]\n",
       "team.toml:4: keywords: must be a text"},
      {"[[rules]]\nid = \"a\"\nregex = \"x\"\nallowlist = 1\n",
       "team.toml:4: allowlists: must be tables"},
      {"[allowlist]\nregexes = [\"(\"]\n",
       "team.toml:2: regexes: missing ): ("},
      {"[allowlist]\npaths = [\"*\"]\n",
       "team.toml:2: paths: no argument for repetition operator: *"},
      {"allowlists = [1]\n", "team.toml:1: allowlists: must be tables"},
  };
  for (const auto& c : cases) EXPECT_EQ(error_of(c.text), c.error) << c.text;
}

TEST(Gitleaks, WrongTypesAreErrors) {
  for (const std::string_view text :
       {"rules = 1\n", "rules = [1]\n", "extend = 1\n",
        "[[rules]]\nid = 1\nregex = \"x\"\n",
        "[[rules]]\nid = \"a\"\nregex = 1\n",
        "[[rules]]\nid = \"a\"\nregex = \"x\"\nentropy = \"3\"\n",
        "[[rules]]\nid = \"a\"\nregex = \"x\"\nentropy = inf\n",
        "[[rules]]\nid = \"a\"\nregex = \"x\"\nsecretGroup = \"1\"\n",
        "[[rules]]\nid = \"a\"\nregex = \"x\"\nsecretGroup = -1\n"}) {
    EXPECT_NE(error_of(text), "fine") << text;
  }
}

class GitleaksExtend : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() /
        ("overreach-gitleaks-" +
         std::string(
             testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(std::string_view name, std::string_view text) {
    const auto path = folder_ / name;
    std::ofstream(path) << text;
    return path.string();
  }

  std::filesystem::path folder_;
};

TEST_F(GitleaksExtend, PathReplacementAndDisabledRules) {
  write("base.toml",
        "[[rules]]\nid = \"a\"\nregex = \"base-a\"\n"
        "[[rules]]\nid = \"b\"\nregex = \"base-b\"\n");
  const std::string top =
      write("top.toml",
            "[extend]\npath = \"base.toml\"\nuseDefault = true\n"
            "disabledRules = [\"b\"]\n"
            "[[rules]]\nid = \"a\"\nregex = \"top-a\"\n");
  RuleSet rules;
  const Status status = add_rule_path(top, rules);
  ASSERT_TRUE(status) << status.error().text;
  ASSERT_EQ(rules.tokens.size(), 1u);
  EXPECT_EQ(rules.tokens[0].id, "a");
  EXPECT_EQ(rules.tokens[0].pattern, "top-a");
}

TEST_F(GitleaksExtend, AFileThatExtendsItselfEnds) {
  const std::string loop =
      write("loop.toml", "[extend]\npath = \"loop.toml\"\n");
  for (int i = 0; i < 3; ++i) {
    RuleSet rules;
    const Status status = add_rule_path(loop, rules);
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().text.find("too many levels"), std::string::npos);
  }
  // The error leaves nothing behind for the next file.
  write("base.toml", "[[rules]]\nid = \"a\"\nregex = \"x\"\n");
  const std::string good =
      write("good.toml", "[extend]\npath = \"base.toml\"\n");
  RuleSet rules;
  const Status status = add_rule_path(good, rules);
  EXPECT_TRUE(status) << status.error().text;
}

TEST_F(GitleaksExtend, MissingFile) {
  const std::string top = write("top.toml", "[extend]\npath = \"none.toml\"\n");
  RuleSet rules;
  const Status status = add_rule_path(top, rules);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().text.find("no such file"), std::string::npos);
}

}  // namespace
}  // namespace overreach
