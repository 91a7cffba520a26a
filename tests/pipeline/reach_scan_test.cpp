// What stands around a folder, through the whole pipeline.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/pipeline/pipeline.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

std::string token(std::string_view rule, std::uint64_t seed = 1) {
  const TokenRule* const found = all_rules().find(rule);
  if (!found) ADD_FAILURE() << rule << " is no rule";
  return found ? make_example(*found, seed).secret : "";
}

class ReachTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "reach_XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    root_ = fs::canonical(name);
    fs::create_directories(root_ / "kim/shop");
    options_.targets = {(root_ / "kim/shop").string()};
    options_.include_ignored = true;
    options_.reach =
        ReachRequest{(root_ / "kim").string(),
                     ProcessVariables{{"DOCKER_HOST", "unix:///nowhere"}}};
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, std::string_view text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << text;
  }

  Report run() {
    Progress progress;
    auto report = scan(options_, all_rules(), progress);
    EXPECT_TRUE(report) << report.error().text;
    return report ? *report : Report();
  }

  // "rule exposure path" of every place.
  static std::vector<std::string> places(const Report& report) {
    std::vector<std::string> found;
    for (const Credential& each : report.credentials) {
      for (const Place& place : each.places) {
        found.push_back(each.rule + " " +
                        std::string(to_string(place.exposure)) + " " +
                        place.path);
      }
    }
    return found;
  }

  fs::path root_;
  ScanOptions options_;
};

TEST_F(ReachTest, EveryPlaceHasItsExposure) {
  write("kim/shop/.env", "TOKEN=" + token("github-classic-pat", 1));
  write("kim/.config/gh/hosts.yml",
        "github.com:\n    oauth_token: " + token("github-oauth-token"));
  options_.reach->variables->emplace_back("RAILWAY_API_TOKEN",
                                          token("railway-account-token"));
  const Report report = run();
  EXPECT_THAT(places(report),
              UnorderedElementsAre(
                  "github-classic-pat untracked .env",
                  "github-oauth-token home ~/.config/gh/hosts.yml",
                  "railway-account-token process process environment"));
  ASSERT_TRUE(report.surroundings);
  EXPECT_EQ(report.surroundings->folder, (root_ / "kim/shop").string());
  EXPECT_EQ(report.surroundings->variables, 2u);
  EXPECT_TRUE(report.complete);
}

TEST_F(ReachTest, StoresNameTheirCredentialsTheWorstFirst) {
  write("kim/.npmrc",
        "//registry.npmjs.org/:_authToken=" + token("npm-access-token"));
  write("kim/.railway/config.json",
        "{\"user\": {\"token\": \"" + token("railway-account-token") + "\"}}");
  write("kim/.aws/config", "[profile prod]\nregion = eu-west-1\n");
  const Report report = run();
  ASSERT_TRUE(report.surroundings);
  const auto& stores = report.surroundings->stores;
  ASSERT_THAT(stores, SizeIs(3));
  EXPECT_EQ(stores[0].path, "~/.railway/config.json");
  EXPECT_THAT(stores[0].credentials, ElementsAre(report.credentials[0].id));
  EXPECT_EQ(stores[1].path, "~/.npmrc");
  EXPECT_EQ(stores[2].path, "~/.aws/config");
  EXPECT_THAT(stores[2].credentials, IsEmpty());
}

// An agent that is started in the home folder itself.
TEST_F(ReachTest, NothingIsReadTwice) {
  write("kim/.npmrc",
        "//registry.npmjs.org/:_authToken=" + token("npm-access-token"));
  write("kim/notes.txt", "token " + token("github-classic-pat"));
  options_.targets = {(root_ / "kim").string()};
  const Report report = run();
  EXPECT_THAT(places(report),
              UnorderedElementsAre("npm-access-token home ~/.npmrc",
                                   "github-classic-pat untracked notes.txt"));
  EXPECT_EQ(report.scanned.files, 2u);
}

TEST_F(ReachTest, SameReportForAnyNumberOfThreads) {
  for (int i = 0; i < 30; ++i) {
    write("kim/.claude/projects/shop/" + std::to_string(i) + ".jsonl",
          "{\"text\": \"" + token("github-classic-pat", 1 + i % 7) + "\"}\n");
  }
  options_.threads = 1;
  const Report one = run();
  options_.threads = 8;
  const Report eight = run();
  EXPECT_THAT(places(one), SizeIs(30));
  EXPECT_EQ(places(one), places(eight));
}

TEST_F(ReachTest, ExcludesAndSizesCountForStores) {
  write("kim/.npmrc",
        "//registry.npmjs.org/:_authToken=" + token("npm-access-token"));
  write("kim/.bash_history", std::string(2000, 'x'));
  options_.excludes = {"~/.npmrc"};
  options_.max_file_bytes = 1000;
  const Report report = run();
  EXPECT_THAT(report.credentials, IsEmpty());
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_EQ(report.problems[0].path, "~/.bash_history");
  EXPECT_TRUE(report.complete);
}

TEST_F(ReachTest, VariablesAreNoChangeThatHidesOtherCrossings) {
  write("kim/.claude/settings.json",
        "{\"permissions\": {\"defaultMode\": \"bypassPermissions\"}}");
  write("kim/.kube/config", "current-context: acme-prod\nkind: Config\n");
  const Report report = run();
  std::vector<std::string> kinds;
  for (const Crossing& each : report.crossings) kinds.push_back(each.kind);
  EXPECT_THAT(kinds, UnorderedElementsAre("agent/production-reachable",
                                          "agent/unattended-execution",
                                          "env/default-target-is-production"));
  EXPECT_EQ(report.surroundings->asks, Asks::no);
}

// Settings are read although no crossing is asked for.
TEST_F(ReachTest, SurroundingsDoNotDependOnWhatIsWanted) {
  write("kim/.kube/config", "current-context: acme-prod\nkind: Config\n");
  options_.only = {"github-classic-pat"};
  const Report report = run();
  EXPECT_THAT(report.crossings, IsEmpty());
  ASSERT_THAT(report.surroundings->targets, SizeIs(1));
  EXPECT_EQ(report.surroundings->targets[0].name, "acme-prod");
}

TEST_F(ReachTest, FailsWithoutAFolder) {
  options_.reach->home = (root_ / "gone").string();
  Progress progress;
  EXPECT_FALSE(scan(options_, all_rules(), progress));
}

}  // namespace
}  // namespace overreach
