#include "scanner/match/context.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/match/matching.h"

namespace overreach {
namespace {

TEST(NameBefore, Table) {
  struct Case {
    std::string_view before, name;  // the value stands behind `before`
  };
  constexpr Case kCases[] = {
      {"NAME=", "NAME"},
      {"NAME = \"", "NAME"},
      {"\"name\": \"", "name"},
      {"'name' => '", "name"},
      {"Name: ", "Name"},
      {"x['name'] = '", "name"},
      {"put(\"name\", \"", "name"},
      {"a.b-c: ", "a.b-c"},
      {"Authorization: Bearer ", "Authorization"},
      {"name := `", "name"},
      {"?name=", "name"},
      {"name = @\"", "name"},
      {"some words ", ""},
      {"\"", ""},
      {"", ""},
      {"= ", ""},
  };
  for (const Case& c : kCases) {
    const std::string text = std::string(c.before) + "VALUE";
    EXPECT_EQ(name_before(text, c.before.size()), c.name) << text;
  }
}

constexpr std::string_view kRules = R"(
[provider]
id = "acme"
name = "Acme"
docs = "https://acme.example/"
revoke = "there"
[[token]]
id = "acme-key"
name = "Acme key"
shape = "{hex-lower:32}"
context = ["acme", "acme cloud"]
keys = ["ACME_KEY", "*ACME_TOKEN", "ACMX_*"]
reach = { level = "write", evidence = "assumed", why = "it may write" }
narrower = "less"
[[token]]
id = "acme-secret"
name = "Acme secret"
finder = "assignment"
keys = ["*acmesecret", "*longacmesecret"]
examples = ['ACME_SECRET=«{base62:20}»']
reach = { level = "write", evidence = "assumed", why = "it may write" }
narrower = "less"
)";

class ContextTest : public testing::Test {
 protected:
  void SetUp() override {
    const Status status = add_rule_text("acme.toml", kRules, rules_);
    ASSERT_TRUE(status) << status.error().text;
  }
  // How near the words of acme-key stand to VALUE.
  Nearness near(std::string_view text, std::string_view name = {}) const {
    const ContextIndex index(rules_);
    const std::size_t at = text.find("VALUE");
    return index.nearness(0, text, at, at + 5, name);
  }
  RuleSet rules_;
};

TEST_F(ContextTest, Names) {
  for (const std::string_view name :
       {"ACME_KEY", "acmeKey", "acme-key", "MY_ACME_TOKEN", "ACMX_ANYTHING"}) {
    EXPECT_EQ(near("VALUE", name), Nearness::name) << name;
  }
  for (const std::string_view name :
       {"MY_ACME_KEY", "ACME_TOKEN_ID", "XACMX_THING", "KEY", ""}) {
    EXPECT_EQ(near("VALUE", name), Nearness::none) << name;
  }
}

TEST_F(ContextTest, Words) {
  EXPECT_EQ(near("acme VALUE"), Nearness::same_line);
  EXPECT_EQ(near("VALUE # of Acme"), Nearness::same_line);
  EXPECT_EQ(near("ACME_X=VALUE"), Nearness::same_line);
  EXPECT_EQ(near("https://api.acme.example/?k=VALUE"), Nearness::same_line);
  EXPECT_EQ(near("# acme\nkey = VALUE"), Nearness::lines_around);
  EXPECT_EQ(near("acme:\n  a: 1\n  b: 2\n  key: VALUE"),
            Nearness::lines_around);
  EXPECT_EQ(near("key: VALUE\nhost: acme"), Nearness::lines_around);
  EXPECT_EQ(near("acmeco VALUE"), Nearness::none);
  EXPECT_EQ(near("placement VALUE"), Nearness::none);
  EXPECT_EQ(near("acme\n\n\n\n\n\n\n\n\nVALUE"), Nearness::none);
  EXPECT_EQ(near("VALUE\n\n\n\nacme"), Nearness::none);
}

TEST_F(ContextTest, FarAwayOnALongLine) {
  EXPECT_EQ(near("acme " + std::string(2000, 'x') + " VALUE"), Nearness::none);
}

TEST_F(ContextTest, RuleOfNameTakesTheLongestKey) {
  const ContextIndex index(rules_);
  const TokenRule* const rule = index.rule_of_name("MY_ACME_SECRET");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->id, "acme-secret");
  EXPECT_EQ(index.rule_of_name("ACME_KEY"), nullptr);  // not an assignment
  EXPECT_EQ(index.rule_of_name(""), nullptr);
}

}  // namespace
}  // namespace overreach
