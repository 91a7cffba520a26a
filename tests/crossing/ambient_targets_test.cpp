// What bare commands act on, as a crossing, as a link of a chain; and whether
// anybody is asked first.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/crossing/files.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

AmbientTarget context(std::string name, EnvironmentClass environment) {
  AmbientTarget target;
  target.tool = "Kubernetes";
  target.what = "context";
  target.name = std::move(name);
  target.environment = environment;
  target.place = place_at("~/.kube/config", "current-context");
  return target;
}

LabelledFile unattended() {
  FileMaker agent("~/.claude/settings.json");
  agent.literal("permissions.defaultMode", "bypassPermissions");
  return agent.labelled();
}

TEST(AmbientTargets, OnlyOfProduction) {
  const auto crossings =
      find_crossings({}, {},
                     {context("acme-prod", EnvironmentClass::production),
                      context("acme-staging", EnvironmentClass::staging),
                      context("acme", EnvironmentClass::unknown)});
  ASSERT_THAT(crossings, SizeIs(1));
  EXPECT_EQ(crossings[0].kind, "env/default-target-is-production");
  EXPECT_EQ(crossings[0].severity, Severity::low);
  EXPECT_THAT(crossings[0].message,
              HasSubstr("A plain command of Kubernetes acts on the context "
                        "acme-prod"));
}

TEST(AmbientTargets, IsALinkOfTheChain) {
  std::vector<LabelledFile> files;
  files.push_back(unattended());
  const Credential root = credential_at(
      {place_at("~/.railway/config.json", "token")}, Level::root, "railway");
  const auto crossings = find_crossings(
      {root}, files, {context("acme-prod", EnvironmentClass::production)});
  const Crossing& chain = crossings.front();
  EXPECT_EQ(chain.kind, "agent/production-reachable");
  EXPECT_EQ(chain.severity, Severity::critical);
  ASSERT_THAT(chain.places, SizeIs(3));
  EXPECT_EQ(chain.places[1].path, "~/.railway/config.json");
  EXPECT_EQ(chain.places[2].path, "~/.kube/config");
}

// Nobody knows what the commands may do there: not critical.
TEST(AmbientTargets, IsEnoughForAnAgentNobodyAsks) {
  std::vector<LabelledFile> files;
  files.push_back(unattended());
  const auto crossings = find_crossings(
      {}, files, {context("acme-prod", EnvironmentClass::production)});
  const Crossing& chain = crossings.front();
  EXPECT_EQ(chain.kind, "agent/production-reachable");
  EXPECT_EQ(chain.severity, Severity::high);
  EXPECT_THAT(chain.message,
              HasSubstr("it can act on the Kubernetes context acme-prod"));
  EXPECT_THAT(chain.credentials, IsEmpty());
}

TEST(Supervision, NobodyIsAsked) {
  std::vector<LabelledFile> files;
  files.push_back(unattended());
  const Supervision found = supervision(files, find_crossings({}, files));
  EXPECT_EQ(found.asks, Asks::no);
  EXPECT_THAT(found.why, ElementsAre("defaultMode bypassPermissions in "
                                     "~/.claude/settings.json:1"));
}

TEST(Supervision, SettingsThatAsk) {
  FileMaker agent(".claude/settings.json");
  agent.literal("permissions.deny.0", "Read(.env)");
  const std::vector<LabelledFile> files = labelled({&agent});
  const Supervision found = supervision(files, find_crossings({}, files));
  EXPECT_EQ(found.asks, Asks::yes);
  EXPECT_THAT(found.why, ElementsAre("nothing in .claude/settings.json takes "
                                     "the question away"));
}

TEST(Supervision, NobodyKnowsWithoutSettings) {
  FileMaker other("config.json");
  other.literal("a.b", "c");
  const std::vector<LabelledFile> files = labelled({&other});
  EXPECT_EQ(supervision(files, {}).asks, Asks::unknown);
}

}  // namespace
}  // namespace overreach
