#include "scanner/cli/ci.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace overreach {
namespace {

using Set = std::map<std::string, std::string>;

Result<RangeRequest> asked(const Set& set) {
  return ci_range([&set](const char* name) {
    const auto found = set.find(name);
    return found == set.end() ? std::string() : found->second;
  });
}

TEST(Ci, BaseBySystem) {
  struct Case {
    Set set;
    std::vector<std::string> from, guesses;
  };
  const std::string zeros(40, '0');
  for (const Case& c : std::vector<Case>{
           {{{"GITHUB_ACTIONS", "true"}, {"GITHUB_BASE_REF", "main"}},
            {"origin/main", "main"},
            {}},
           {{{"GITLAB_CI", "true"},
             {"CI_MERGE_REQUEST_DIFF_BASE_SHA", "abc1"},
             {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "dev"},
             {"CI_COMMIT_BEFORE_SHA", zeros},
             {"CI_DEFAULT_BRANCH", "main"}},
            {"abc1", "origin/dev", "dev"},
            {"origin/main", "main"}},
           {{{"BITBUCKET_BUILD_NUMBER", "7"},
             {"BITBUCKET_PR_DESTINATION_COMMIT", "abc2"}},
            {"abc2"},
            {"origin/HEAD"}},
           {{{"TF_BUILD", "True"},
             {"SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/release/1"}},
            {"origin/release/1", "release/1"},
            {"origin/HEAD"}},
           {{{"JENKINS_URL", "http://ci"},
             {"GIT_PREVIOUS_SUCCESSFUL_COMMIT", "abc3"}},
            {"abc3"},
            {"origin/HEAD"}},
           {{{"BUILDKITE", "true"}, {"BUILDKITE_PIPELINE_DEFAULT_BRANCH", "m"}},
            {},
            {"origin/m", "m"}},
           {{{"CIRCLECI", "true"}}, {}, {"origin/HEAD"}},
           {{{"DRONE", "true"}, {"DRONE_TARGET_BRANCH", "main"}}, {"?"}, {}},
           {{{"DRONE", "true"},
             {"DRONE_TARGET_BRANCH", "main"},
             {"DRONE_PULL_REQUEST", "3"}},
            {"origin/main", "main"},
            {}},
           {{{"TRAVIS", "true"}, {"TRAVIS_COMMIT_RANGE", "abc4...abc5"}},
            {"abc4"},
            {"origin/HEAD"}},
           {{{"TRAVIS", "true"}, {"TRAVIS_COMMIT_RANGE", zeros + "...abc5"}},
            {},
            {"origin/HEAD"}},
       }) {
    const auto request = asked(c.set);
    const std::string& system = c.set.begin()->first;
    if (c.from == std::vector<std::string>{"?"}) {
      ASSERT_FALSE(request) << system;
      EXPECT_THAT(request.error().text, testing::HasSubstr("--since REV"));
      continue;
    }
    ASSERT_TRUE(request) << request.error().text;
    EXPECT_EQ(request->from, c.from) << system;
    EXPECT_EQ(request->guesses, c.guesses) << system;
    EXPECT_FALSE(request->origin.empty());
  }
}

TEST(Ci, ElsewhereItFails) {
  EXPECT_FALSE(asked({}));
  EXPECT_FALSE(asked({{"CI", "true"}}));
}

TEST(Ci, ABrokenEventIsNone) {
  EXPECT_FALSE(
      asked({{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_PATH", "/dev/null"}}));
}

}  // namespace
}  // namespace overreach
