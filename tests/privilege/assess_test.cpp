#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/base/encoding.h"
#include "scanner/privilege/facts.h"
#include "scanner/privilege/privilege.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

constexpr std::int64_t kNow = 1767225600;  // 2026-01-01

// A rule with a default reach, two cases and environments.
TokenRule rule() {
  TokenRule rule;
  rule.id = "acme-key";
  rule.facts = {"jwt"};
  rule.reach = {
      {"mode", "test", Level::read, Evidence::assumed, "holds no real data"},
      {"role", "anon", Level::read, Evidence::assumed, "the public role"},
      {"", "", Level::write, Evidence::assumed, "secret keys write"}};
  rule.environment = {{"live", EnvironmentClass::production},
                      {"test", EnvironmentClass::test}};
  return rule;
}

std::string jwt(std::string_view claims) {
  return encode_base64(R"({"alg":"HS256"})") + "." + encode_base64(claims) +
         ".c2ln";
}

Credential assessed(const TokenRule& rule, std::string_view secret,
                    Facts facts = {}) {
  Credential credential;
  credential.secret = Secret(secret);
  credential.facts = std::move(facts);
  assess_offline(rule, kNow, credential);
  return credential;
}

std::string fact(const Credential& credential, std::string_view name) {
  for (const auto& [key, value] : credential.facts) {
    if (key == name) return value;
  }
  return "-";
}

TEST(Assess, ReachOfWhatOnlyTestsHold) {
  TokenRule key;
  key.reach = {{"", "", Level::unknown, Evidence::assumed, "only tests hold it",
                ReachCase::only_tests},
               {"", "", Level::root, Evidence::assumed, "opens everything"}};
  Credential credential;
  credential.secret = Secret("opaque");
  Place place;
  place.path = "tests/server.key";
  credential.places.push_back(place);
  assess_offline(key, kNow, credential);
  EXPECT_EQ(credential.reach.level, Level::unknown);
  EXPECT_EQ(credential.reach.why, "only tests hold it");

  place.path = "deploy/server.key";
  credential.places.push_back(place);
  assess_offline(key, kNow, credential);
  EXPECT_EQ(credential.reach.level, Level::root);

  credential.places.clear();  // `check` knows of no place
  assess_offline(key, kNow, credential);
  EXPECT_EQ(credential.reach.level, Level::root);
}

TEST(Assess, ReachOfWhatOnlyDevelopmentHolds) {
  TokenRule key;
  key.reach = {{"", "", Level::unknown, Evidence::assumed, "of development",
                ReachCase::only_development},
               {"", "", Level::root, Evidence::assumed, "opens everything"}};
  Credential credential;
  credential.secret = Secret("opaque");
  for (const EnvironmentClass environment :
       {EnvironmentClass::development, EnvironmentClass::local,
        EnvironmentClass::test}) {
    credential.places.emplace_back().environment = environment;
  }
  credential.places.emplace_back().path = "tests/a.env";
  assess_offline(key, kNow, credential);
  assess_places(key, credential);
  EXPECT_EQ(credential.reach.level, Level::unknown);
  EXPECT_EQ(credential.reach.why, "of development");

  // Staging is where others look, and of the rest nobody knows.
  for (const EnvironmentClass environment :
       {EnvironmentClass::staging, EnvironmentClass::unknown}) {
    credential.places.back() = {};
    credential.places.back().environment = environment;
    assess_places(key, credential);
    EXPECT_EQ(credential.reach.level, Level::root);
  }
  // What a token says itself stays.
  credential.places.pop_back();
  credential.reach = {};
  credential.reach.level = Level::read;
  credential.reach.evidence = Evidence::inferred;
  assess_places(key, credential);
  EXPECT_EQ(credential.reach.level, Level::read);
}

TEST(Assess, DefaultReach) {
  const Credential c = assessed(rule(), "opaque");
  EXPECT_EQ(c.reach.level, Level::write);
  EXPECT_EQ(c.reach.evidence, Evidence::assumed);
  EXPECT_EQ(c.reach.why, "secret keys write");
  EXPECT_EQ(c.environment.value, EnvironmentClass::unknown);
  EXPECT_FALSE(c.live.has_value());
}

TEST(Assess, ReachByWhatTheTokenSays) {
  const Credential c = assessed(rule(), jwt(R"({"role":"anon"})"));
  EXPECT_EQ(c.reach.level, Level::read);
  EXPECT_EQ(c.reach.evidence, Evidence::inferred);
  EXPECT_EQ(c.reach.why, "the public role");
  EXPECT_EQ(fact(c, "role"), "anon");
}

TEST(Assess, ReachAndEnvironmentByMode) {
  const Credential test = assessed(rule(), "opaque", {{"mode", "test"}});
  EXPECT_EQ(test.reach.level, Level::read);
  EXPECT_EQ(test.environment.value, EnvironmentClass::test);
  ASSERT_EQ(test.environment.origins.size(), 1u);
  EXPECT_EQ(test.environment.origins[0], "the token's own form says test");

  const Credential live = assessed(rule(), "opaque", {{"mode", "live"}});
  EXPECT_EQ(live.reach.level, Level::write);
  EXPECT_EQ(live.environment.value, EnvironmentClass::production);

  const Credential other = assessed(rule(), "opaque", {{"mode", "beta"}});
  EXPECT_EQ(other.environment.value, EnvironmentClass::unknown);
}

TEST(Assess, CapturesComeBeforeDecodedFacts) {
  const Credential c =
      assessed(rule(), jwt(R"({"role":"admin"})"), {{"role", "anon"}});
  EXPECT_EQ(fact(c, "role"), "anon");
  EXPECT_EQ(c.reach.why, "the public role");
}

TEST(Assess, AnExpiredTokenIsDead) {
  const Credential c = assessed(rule(), jwt(R"({"exp":1735689600})"));
  EXPECT_EQ(c.live, false);
  EXPECT_EQ(c.reach.level, Level::none);
  EXPECT_EQ(c.reach.evidence, Evidence::inferred);
  EXPECT_EQ(c.reach.why, "expired on 2025-01-01");
  EXPECT_EQ(fact(c, "expires"), "2025-01-01");
}

TEST(Assess, ATokenThatExpiresLaterKeepsItsReach) {
  const Credential c = assessed(rule(), jwt(R"({"exp":1798761600})"));
  EXPECT_FALSE(c.live.has_value());
  EXPECT_EQ(c.reach.level, Level::write);
  EXPECT_EQ(fact(c, "expires"), "2027-01-01");
}

TEST(Assess, ACanaryOpensNothing) {
  TokenRule aws = rule();
  aws.facts = {"aws-account"};
  const Credential trap = assessed(aws, "AKIAAYLPMN5HAAAAAAAA");
  EXPECT_EQ(trap.reach.level, Level::none);
  EXPECT_EQ(trap.reach.evidence, Evidence::inferred);
  EXPECT_NE(trap.reach.why.find("canary"), std::string::npos);
  EXPECT_EQ(fact(trap, "canary"), "true");
  EXPECT_EQ(trap.remedy.revoke, "");
  const Credential key = assessed(aws, "AKIAQAAAAAAGFIAAAAAA");
  EXPECT_EQ(key.reach.level, Level::write);
  EXPECT_EQ(fact(key, "canary"), "-");
}

TEST(Assess, NoRuleNoReach) {
  const Credential c = assessed(TokenRule(), "opaque");
  EXPECT_EQ(c.reach.level, Level::unknown);
  EXPECT_TRUE(c.facts.empty());
}

}  // namespace
}  // namespace overreach
