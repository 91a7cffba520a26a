// Rules that a team brings: keywords, groups, entropy, paths, allow lists.

#include "scanner/match/patterns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/match/matching.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What the rules of a gitleaks file find, and nothing else.
std::vector<std::string> found_with(std::string_view toml,
                                    std::string_view path,
                                    std::string_view text) {
  RuleSet rules;
  const Status status = add_rule_text("team.toml", toml, rules);
  EXPECT_TRUE(status) << status.error().text;
  const Matcher matcher(rules);
  return found_in(path, text, matcher);
}

constexpr std::string_view kRule = R"(
[[rules]]
id = "team-key"
description = "Team key"
regex = '''team:([a-z0-9]{8})'''
keywords = ["TEAM"]
)";

TEST(Patterns, KeywordsAreFoundWithoutCase) {
  EXPECT_THAT(found_with(kRule, "a.txt", "x team:abcd1234 y"),
              ElementsAre("team-key abcd1234"));
  EXPECT_THAT(found_with(kRule, "a.txt", "x tram:abcd1234 y"), IsEmpty());
  EXPECT_THAT(found_with(kRule, "a.txt", ""), IsEmpty());
}

TEST(Patterns, EveryOccurrence) {
  EXPECT_THAT(found_with(kRule, "a.txt", "team:abcd1234 team:abcd5678"),
              ElementsAre("team-key abcd1234", "team-key abcd5678"));
}

TEST(Patterns, WithoutKeywords) {
  EXPECT_THAT(found_with("[[rules]]\nid='k'\nregex='''z{3}[0-9]{4}'''\n",
                         "a.txt", "a zzz1234 b"),
              ElementsAre("k zzz1234"));
}

TEST(Patterns, Groups) {
  const std::string head = "[[rules]]\nid='k'\nkeywords=['kk']\n";
  EXPECT_THAT(found_with(head + "regex='''kk-(a+)-(b+)'''\n", "a", "kk-aa-bb"),
              ElementsAre("k aa"));
  EXPECT_THAT(found_with(head + "regex='''kk-(a+)-(b+)'''\nsecretGroup=2\n",
                         "a", "kk-aa-bb"),
              ElementsAre("k bb"));
  EXPECT_THAT(found_with(head + "regex='''kk-(?:a+)'''\n", "a", "kk-aa-bb"),
              ElementsAre("k kk-aa"));
  EXPECT_THAT(found_with(head + "regex='''kk-(a+)-(?P<secret>b+)'''\n", "a",
                         "kk-aa-bb"),
              ElementsAre("k bb"));
}

TEST(Patterns, Entropy) {
  const std::string rule =
      "[[rules]]\nid='k'\nkeywords=['kk']\nregex='''kk=([a-z0-9]+)'''\n"
      "entropy=3.0\n";
  EXPECT_THAT(found_with(rule, "a", "kk=q7rz1plmx9vbtw"),
              ElementsAre("k q7rz1plmx9vbtw"));
  EXPECT_THAT(found_with(rule, "a", "kk=aaaabbbbaaaabbbb"), IsEmpty());
}

TEST(Patterns, Paths) {
  const std::string rule =
      "[[rules]]\nid='k'\nkeywords=['kk']\nregex='''kk=([a-z0-9]+)'''\n"
      "path='''\\.env$'''\n";
  EXPECT_THAT(found_with(rule, "x/.env", "kk=q7rz1"), ElementsAre("k q7rz1"));
  EXPECT_THAT(found_with(rule, "x/.envrc", "kk=q7rz1"), IsEmpty());
  EXPECT_THAT(
      found_with("[[rules]]\nid='f'\npath='''\\.p12$'''\n", "a.p12", "bytes"),
      ElementsAre("f bytes"));
}

TEST(Patterns, AllowLists) {
  const std::string rule =
      "[[rules]]\nid='k'\nkeywords=['kk']\nregex='''kk=([a-z0-9]+)'''\n";
  const std::string text = "kk=q7rz1sample # fine\n";
  EXPECT_THAT(found_with(rule, "docs/a", text), ElementsAre("k q7rz1sample"));
  for (const char* const allowance :
       {"[[rules.allowlists]]\nregexes=['''sample$''']\n",
        "[[rules.allowlists]]\nstopwords=['SAMPLE']\n",
        "[[rules.allowlists]]\npaths=['''^docs/''']\n",
        "[[rules.allowlists]]\nregexTarget='line'\nregexes=['''# fine''']\n",
        "[[rules.allowlists]]\ncondition='AND'\npaths=['''^docs/''']\n"
        "stopwords=['sample']\n",
        "[allowlist]\npaths=['''^docs/''']\n"}) {
    EXPECT_THAT(found_with(rule + allowance, "docs/a", text), IsEmpty())
        << allowance;
  }
  for (const char* const allowance :
       {"[[rules.allowlists]]\nregexes=['''^sample''']\n",
        "[[rules.allowlists]]\nregexes=['''# fine''']\n",
        "[[rules.allowlists]]\npaths=['''^src/''']\n",
        "[[rules.allowlists]]\ncondition='AND'\npaths=['''^src/''']\n"
        "stopwords=['sample']\n"}) {
    EXPECT_THAT(found_with(rule + allowance, "docs/a", text),
                ElementsAre("k q7rz1sample"))
        << allowance;
  }
}

TEST(Patterns, MarkersCountForThemToo) {
  EXPECT_THAT(found_with(kRule, "a", "team:abcd1234 # gitleaks:allow"),
              IsEmpty());
}

// An expression that can match nothing must come to an end.
TEST(Patterns, EmptyMatches) {
  EXPECT_THAT(found_with("[[rules]]\nid='k'\nregex='''x*'''\n", "a", "ab xx"),
              ElementsAre("k xx"));
}

}  // namespace
}  // namespace overreach
