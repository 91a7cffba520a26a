#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/privilege/facts.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

std::string source_dir() { return OVERREACH_SOURCE_DIR; }

const RuleSet& our_rules() {
  static const RuleSet rules = [] {
    RuleSet read;
    const Status status = add_rule_path(source_dir() + "/rules", read);
    EXPECT_TRUE(status) << status.error().text;
    return read;
  }();
  return rules;
}

void expect_same(const Shape& a, const Shape& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].kind, b[i].kind);
    EXPECT_EQ(a[i].capture, b[i].capture);
    EXPECT_EQ(a[i].literal, b[i].literal);
    EXPECT_EQ(a[i].options, b[i].options);
    EXPECT_EQ(a[i].set, b[i].set);
    EXPECT_EQ(a[i].min, b[i].min);
    EXPECT_EQ(a[i].max, b[i].max);
    expect_same(a[i].inner, b[i].inner);
  }
}

void expect_same(const TokenRule& a, const TokenRule& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.provider, b.provider);
  EXPECT_EQ(a.provider_name, b.provider_name);
  EXPECT_EQ(a.docs, b.docs);
  EXPECT_EQ(a.revoke, b.revoke);
  EXPECT_EQ(a.narrower, b.narrower);
  EXPECT_EQ(a.finder, b.finder);
  EXPECT_EQ(a.shape_text, b.shape_text);
  EXPECT_EQ(a.pattern, b.pattern);
  EXPECT_EQ(a.secret_group, b.secret_group);
  EXPECT_NEAR(a.min_entropy, b.min_entropy, 0.0005);
  EXPECT_EQ(a.path_pattern, b.path_pattern);
  EXPECT_EQ(a.keywords, b.keywords);
  EXPECT_EQ(a.check, b.check);
  EXPECT_EQ(a.context, b.context);
  EXPECT_EQ(a.keys, b.keys);
  EXPECT_EQ(a.schemes, b.schemes);
  EXPECT_EQ(a.paths, b.paths);
  EXPECT_EQ(a.facts, b.facts);
  EXPECT_EQ(a.examples, b.examples);
  EXPECT_EQ(a.counter_examples, b.counter_examples);
  EXPECT_EQ(a.confidence, b.confidence);
  EXPECT_EQ(a.is_public, b.is_public);
  ASSERT_EQ(a.reach.size(), b.reach.size());
  for (std::size_t i = 0; i < a.reach.size(); ++i) {
    EXPECT_EQ(a.reach[i].fact, b.reach[i].fact);
    EXPECT_EQ(a.reach[i].equals, b.reach[i].equals);
    EXPECT_EQ(a.reach[i].level, b.reach[i].level);
    EXPECT_EQ(a.reach[i].evidence, b.reach[i].evidence);
    EXPECT_EQ(a.reach[i].why, b.reach[i].why);
  }
  ASSERT_EQ(a.environment.size(), b.environment.size());
  for (std::size_t i = 0; i < a.environment.size(); ++i) {
    EXPECT_EQ(a.environment[i].equals, b.environment[i].equals);
    EXPECT_EQ(a.environment[i].environment, b.environment[i].environment);
  }
  ASSERT_EQ(a.companions.size(), b.companions.size());
  for (std::size_t i = 0; i < a.companions.size(); ++i) {
    EXPECT_EQ(a.companions[i].rule, b.companions[i].rule);
    EXPECT_EQ(a.companions[i].needed, b.companions[i].needed);
  }
  expect_same(a.shape, b.shape);
}

TEST(Pack, AllOurRulesRoundTrip) {
  const RuleSet& rules = our_rules();
  ASSERT_GT(rules.tokens.size(), 100u);
  const std::string bytes = pack_rules(rules);
  const RuleSet again = unpack_rules(bytes);
  ASSERT_EQ(again.tokens.size(), rules.tokens.size());
  for (std::size_t i = 0; i < rules.tokens.size(); ++i) {
    SCOPED_TRACE(rules.tokens[i].id);
    expect_same(rules.tokens[i], again.tokens[i]);
  }
  EXPECT_EQ(pack_rules(again), bytes);
}

TEST(Pack, AnEmptySet) {
  const std::string bytes = pack_rules(RuleSet());
  EXPECT_TRUE(unpack_rules(bytes).tokens.empty());
}

TEST(OurRules, NothingIsWrongBetweenThem) {
  EXPECT_EQ(check_rules(our_rules()), std::vector<std::string>());
}

TEST(OurRules, ExamplesHoldTheirCheck) {
  for (const TokenRule& rule : our_rules().tokens) {
    if (rule.finder != Finder::shape || rule.check == Check::none) continue;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const std::string secret = make_example(rule, seed).secret;
      const Element& first = rule.shape.front();
      std::size_t prefix = 0;
      if (first.kind == Element::Kind::literal) prefix = first.literal.size();
      for (const std::string_view option : first.options) {
        if (secret.starts_with(option)) {
          prefix = std::max(prefix, option.size());
        }
      }
      EXPECT_TRUE(check_holds(rule.check, secret, prefix)) << rule.id;
    }
  }
}

// A decoder that does not exist would be passed over in silence.
TEST(OurRules, NameOnlyDecodersThatExist) {
  const auto known = decoder_names();
  const std::set<std::string_view> names(known.begin(), known.end());
  for (const TokenRule& rule : our_rules().tokens) {
    for (const std::string_view name : rule.facts) {
      EXPECT_TRUE(names.contains(name)) << rule.id << ": " << name;
    }
  }
}

}  // namespace
}  // namespace overreach
