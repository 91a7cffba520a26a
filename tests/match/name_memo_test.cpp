#include "scanner/match/name_memo.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scanner/match/token_names.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

TEST(NameMemo, SaysWhatTheNamesSayThemselves) {
  const ContextIndex contexts(all_rules());
  NameMemo memo;
  // More names than it keeps, so that some take the place of others.
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 5000; ++i) {
      const std::string number = std::to_string(i);
      for (const std::string& name : std::vector<std::string>{
               "password" + number, "keyCode" + number, "stripe_key" + number,
               "token_type_" + number, "the_own_" + number + "password",
               std::string(30 + i % 60, 'k'),
               std::string(static_cast<std::size_t>(i % 9), 'k')}) {
        const auto meaning = memo.meaning_of(name, contexts);
        ASSERT_EQ(meaning.kind, kind_of_name(name)) << name;
        ASSERT_EQ(meaning.rule, contexts.rule_of_name(name)) << name;
        std::vector<ContextIndex::Support> supports;
        contexts.supported_by_name(name, supports);
        ASSERT_EQ(memo.may_own_token(name, contexts),
                  is_secret_name(name) || !supports.empty())
            << name;
      }
    }
  }
}

// The last word alone must not hide the name of a rule.
TEST(NameMemo, KnowsTheKeysOfAllRules) {
  const ContextIndex contexts(all_rules());
  NameMemo memo;
  std::size_t of_rules = 0;
  for (const TokenRule& rule : all_rules().tokens) {
    for (const std::string_view pattern : rule.keys) {
      std::string key(pattern);
      std::erase(key, '*');
      for (const std::string& name :
           {key, "my" + key, "MY_" + key, key + "_size", key + ".x"}) {
        const auto meaning = memo.meaning_of(name, contexts);
        ASSERT_EQ(meaning.kind, kind_of_name(name)) << name;
        ASSERT_EQ(meaning.rule, contexts.rule_of_name(name)) << name;
        of_rules += meaning.rule != nullptr;
      }
    }
  }
  EXPECT_GT(of_rules, 90u);
}

TEST(NameMemo, NothingIsNeitherNounNorRule) {
  const ContextIndex contexts(all_rules());
  NameMemo memo;
  EXPECT_FALSE(memo.meaning_of("DB_PASSWORD", contexts).is_nothing());
  EXPECT_TRUE(memo.meaning_of("tokenType", contexts).is_nothing());
  EXPECT_TRUE(memo.meaning_of("user", contexts).is_nothing());
  EXPECT_TRUE(memo.meaning_of("", contexts).is_nothing());
}

}  // namespace
}  // namespace overreach
