// Rules of OVHcloud's consumer keys, in the form of GET
// /auth/currentCredential.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/privilege/evaluate.h"

namespace overreach {
namespace {

using testing::ElementsAre;

Evaluated with(const std::vector<std::string>& rules) {
  Variables known;
  for (const std::string& rule : rules) known.add("rules", rule);
  return evaluate("ovh-rules", known).value_or(Evaluated());
}

std::vector<std::string> powers_of(const std::vector<std::string>& rules) {
  std::vector<std::string> names;
  for (const Power& power : with(rules).powers)
    names.push_back(power.operation);
  return names;
}

TEST(OvhRules, Levels) {
  const std::pair<const char*, Level> cases[] = {
      {"DELETE /*", Level::root},
      {"DELETE *", Level::root},
      {"POST /*", Level::root},
      {"POST /me*", Level::root},
      {"POST /me/identity/user", Level::root},
      {"POST /me/api/oauth2/*", Level::root},
      {"DELETE /domain/zone/acme.example/*", Level::destructive},
      {"DELETE /me/sshKey/*", Level::destructive},
      {"POST /vps/*", Level::destructive},
      {"POST /vps/vps-1/*", Level::destructive},
      {"POST /vps/vps-1/rebuild", Level::destructive},
      {"POST /*/rebuild", Level::destructive},
      {"POST /dedicated/server/ns*", Level::destructive},
      {"POST /me/identity/group", Level::write},
      {"POST /vps/*/reboot", Level::write},
      {"POST /vps/vps-1/terminate", Level::write},
      {"POST /vps//rebuild", Level::write},
      {"PUT /*", Level::write},
      {"GET /*", Level::read},
  };
  for (const auto& [rule, level] : cases) {
    EXPECT_EQ(with({rule}).level, level) << rule;
  }
}

TEST(OvhRules, TheWorstDecides) {
  const Evaluated found = with({"GET /*", "PUT /me", "DELETE /domain/*"});
  EXPECT_EQ(found.level, Level::destructive);
  EXPECT_EQ(found.evidence, Evidence::declared);
  EXPECT_EQ(found.why, "its rules allow DELETE /domain/*");
}

// The method and the path of one rule, never of two.
TEST(OvhRules, MethodAndPathBelongTogether) {
  EXPECT_EQ(with({"GET /*", "DELETE /me/sshKey/*"}).level, Level::destructive);
  EXPECT_TRUE(powers_of({"GET /*", "DELETE /me/sshKey/*"}).empty());
}

TEST(OvhRules, Powers) {
  EXPECT_THAT(powers_of({"DELETE /cloud/project/p-1/instance/*"}),
              ElementsAre("DELETE /cloud/project/{serviceName}/instance/"
                          "{instanceId}"));
  // A segment is a segment: this is about interfaces of an instance.
  EXPECT_TRUE(powers_of({"DELETE /cloud/project/p-1/instance/i-1/interface/x"})
                  .empty());
  EXPECT_TRUE(powers_of({"GET /cloud/*", "POST /cloud/*"}).empty());
}

TEST(OvhRules, Services) {
  const auto services = [](const std::vector<std::string>& rules) {
    const Evaluated found = with(rules);
    std::vector<std::string> names;
    for (const Resource& resource : found.powers.at(0).resources) {
      names.push_back(resource.name);
    }
    return names;
  };
  EXPECT_THAT(services({"POST /vps/vps-1/*", "POST /vps/vps-2*"}),
              ElementsAre("vps-1", "vps-2*"));
  EXPECT_TRUE(services({"POST /vps/*"}).empty());
  EXPECT_TRUE(services({"POST /vps/vps-1/*", "POST /vps/*"}).empty());
}

TEST(OvhRules, NothingToJudgeBy) {
  Variables known;
  EXPECT_FALSE(evaluate("ovh-rules", known));
  for (const char* bad : {"", "GET", "GET "}) known.add("rules", bad);
  EXPECT_FALSE(evaluate("ovh-rules", known));
}

// Many wildcards cost no more than any other path.
TEST(OvhRules, ManyWildcards) {
  std::string path = "POST ";
  for (int i = 0; i < 400; ++i) path += "/*";
  EXPECT_EQ(with({path}).level, Level::write);
}

}  // namespace
}  // namespace overreach
