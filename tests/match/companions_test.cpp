// An id and its secret become one credential: nearest first, each once.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/match/matching.h"

namespace overreach {
namespace {

struct Pair {
  std::string id, secret;
};

Pair made(std::uint64_t seed) {
  return {
      make_example(*all_rules().find("aws-access-key-id"), seed).secret,
      make_example(*all_rules().find("aws-secret-access-key"), seed).secret};
}

std::string id_line(const Pair& pair) {
  return "aws_access_key_id = " + pair.id + "\n";
}
std::string secret_line(const Pair& pair) {
  return "aws_secret_access_key = " + pair.secret + "\n";
}

const Candidate* find(const MatchResult& result, std::string_view secret) {
  for (const Candidate& candidate : result.candidates) {
    if (candidate.secret.reveal() == secret) return &candidate;
  }
  return nullptr;
}

void expect_paired(const MatchResult& result, const Pair& pair) {
  const Candidate* const id = find(result, pair.id);
  const Candidate* const secret = find(result, pair.secret);
  ASSERT_TRUE(id && secret);
  EXPECT_NE(id->group, 0u);
  EXPECT_EQ(id->group, secret->group);
  EXPECT_NE(id->leads, secret->leads);
}

TEST(Companions, APairOfAws) {
  const Pair pair = made(1);
  expect_paired(match_all("a/credentials", id_line(pair) + secret_line(pair)),
                pair);
  expect_paired(match_all("a/credentials", secret_line(pair) + id_line(pair)),
                pair);
}

TEST(Companions, NearestFirst) {
  const Pair one = made(1), two = made(2), three = made(3);
  std::string text;
  for (const Pair& pair : {one, two, three}) {
    text += "[profile]\n" + id_line(pair) + secret_line(pair) + "\n\n\n";
  }
  const auto result = match_all("a/credentials", text);
  for (const Pair& pair : {one, two, three}) expect_paired(result, pair);
}

TEST(Companions, SecretsBeforeTheirIds) {
  const Pair one = made(4), two = made(5);
  const auto result =
      match_all("a/credentials", secret_line(one) + id_line(one) + "\n\n\n" +
                                     secret_line(two) + id_line(two));
  expect_paired(result, one);
  expect_paired(result, two);
}

TEST(Companions, TooFarApart) {
  const Pair pair = made(6);
  const auto result =
      match_all("a/credentials",
                id_line(pair) + std::string(60, '\n') + secret_line(pair));
  const Candidate* const secret = find(result, pair.secret);
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->group, 0u);
}

TEST(Companions, AnIdAlone) {
  const Pair pair = made(7);
  const auto result = match_all("a.py", "x = '" + pair.id + "'\n");
  for (const Candidate& candidate : result.candidates) {
    EXPECT_FALSE(candidate.rule->is_public);
    EXPECT_EQ(candidate.group, 0u);
  }
}

// An id without a run of 16 characters is never looked at (see runs.h).
bool is_too_short(std::string_view token) { return token.size() < 16; }

// Every rule that names a companion gets it from its own example.
TEST(Companions, EveryRuleThatHasSome) {
  int pairs = 0;
  for (const TokenRule& rule : all_rules().tokens) {
    for (const CompanionRule& companion : rule.companions) {
      const TokenRule* const other = all_rules().find(companion.rule);
      ASSERT_TRUE(other) << rule.id;
      const Example a = make_example(rule, 3), b = make_example(*other, 3);
      if (rule.finder != Finder::shape || other->finder != Finder::shape ||
          is_too_short(b.secret)) {
        continue;
      }
      const auto result = match_all("app.py", a.text + b.text);
      const Candidate* const leader = find(result, a.secret);
      const Candidate* const second = find(result, b.secret);
      EXPECT_TRUE(leader && second && leader->group != 0 &&
                  leader->group == second->group)
          << rule.id << " and " << other->id << ":\n"
          << a.text << b.text
          << testing::PrintToString(found_in("app.py", a.text + b.text));
      ++pairs;
    }
  }
  EXPECT_GT(pairs, 5);
}

}  // namespace
}  // namespace overreach
