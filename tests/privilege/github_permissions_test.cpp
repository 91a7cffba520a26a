// Permissions of GitHub Apps, against docs.github.com/rest/authentication/
// permissions-required-for-github-apps.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/github_operations.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/tables/github_permissions.h"

namespace overreach {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> opened_by(std::string_view permission) {
  for (const GitHubPermission& row : github_permissions()) {
    if (row.name == permission) return split_text(row.operations, "\n");
  }
  return {};
}

TEST(GitHubPermissions, OpenWhatGitHubSays) {
  EXPECT_THAT(opened_by("administration:write"),
              Contains("DELETE /repos/{owner}/{repo}"));
  EXPECT_THAT(opened_by("contents:write"),
              Contains("DELETE /repos/{owner}/{repo}/git/refs/{ref}"));
  EXPECT_THAT(opened_by("secrets:write"),
              Contains("PUT /repos/{owner}/{repo}/actions/secrets/"
                       "{secret_name}"));
  EXPECT_THAT(opened_by("members:write"),
              Contains("PUT /orgs/{org}/memberships/{username}"));
  EXPECT_THAT(opened_by("contents:write"),
              Not(Contains("DELETE /repos/{owner}/{repo}")));
  EXPECT_THAT(opened_by("metadata:read"), IsEmpty());
}

TEST(GitHubPermissions, AreSortedAndOnlyChange) {
  const auto all = github_permissions();
  EXPECT_TRUE(std::is_sorted(
      all.begin(), all.end(),
      [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const GitHubPermission& row : all) {
    EXPECT_EQ(row.operations.find("GET "), row.operations.npos) << row.name;
  }
}

// Each of our words of harm is about a request that some permission opens.
TEST(GitHubOperations, Exist) {
  for (const GitHubOperation& operation : github_destructive_operations()) {
    EXPECT_TRUE(std::any_of(
        github_permissions().begin(), github_permissions().end(),
        [&](const GitHubPermission& row) {
          return testing::Matches(Contains(std::string(operation.name)))(
              split_text(row.operations, "\n"));
        }))
        << operation.name;
  }
}

std::optional<Evaluated> with(const std::vector<std::string>& installations) {
  Variables known;
  for (const std::string& text : installations)
    known.add("installations", text);
  return evaluate("github-permissions", known);
}

std::vector<std::string> operations(const Evaluated& result) {
  std::vector<std::string> names;
  for (const Power& power : result.powers) names.push_back(power.operation);
  return names;
}

TEST(GitHubApp, Levels) {
  struct Case {
    const char* installation;
    Level level;
    const char* why;
  };
  constexpr Case kCases[] = {
      {R"(acme Organization all {"metadata":"read"})", Level::read,
       "every repository of acme"},
      {R"(acme Organization all {"issues":"write"})", Level::write, "acme"},
      {R"(acme Organization all {"packages":"write"})", Level::write, "acme"},
      {R"(acme Organization all {"organization_projects":"admin"})",
       Level::write, "acme"},
      {R"(acme Organization selected {"contents":"write"})", Level::destructive,
       "the selected repositories of acme"},
      {R"(ada User selected {"administration":"write"})", Level::destructive,
       "DELETE /repos/{owner}/{repo} in the selected repositories of ada"},
      {R"(ada User all {"administration":"write"})", Level::root,
       "every repository of ada"},
      {R"(acme Organization selected {"members":"write"})", Level::root,
       "memberships/{username} in acme"},
      {R"(acme Organization selected {"organization_administration":"write"})",
       Level::root, "DELETE /orgs/{org} in acme"},
      // A user's account has no members to give rights to.
      {R"(ada User all {"members":"write"})", Level::write, "ada"},
  };
  for (const Case& c : kCases) {
    const auto result = with({c.installation});
    ASSERT_TRUE(result) << c.installation;
    EXPECT_EQ(to_string(result->level), to_string(c.level)) << c.installation;
    EXPECT_EQ(result->evidence, Evidence::declared);
    EXPECT_THAT(result->why, HasSubstr(c.why));
  }
}

TEST(GitHubApp, TwoPermissionsTogetherChangeWorkflows) {
  constexpr const char* kChange =
      "PUT /repos/{owner}/{repo}/contents/.github/workflows/{file}";
  EXPECT_THAT(
      operations(*with(
          {R"(acme Organization all {"contents":"write","workflows":"write"})"})),
      Contains(kChange));
  for (const char* text : {R"(acme Organization all {"contents":"write"})",
                           R"(acme Organization all {"workflows":"write"})"}) {
    EXPECT_THAT(operations(*with({text})), Not(Contains(kChange))) << text;
  }
}

TEST(GitHubApp, InstallationsAddUp) {
  const auto result =
      with({R"(acme Organization all {"contents":"write"})",
            R"(ada User selected {"contents":"write","pages":"write"})"});
  for (const Power& power : result->powers) {
    const bool is_pages =
        power.operation == "DELETE /repos/{owner}/{repo}/pages";
    EXPECT_EQ(power.resources.size(), is_pages ? 1u : 2u) << power.operation;
  }
  EXPECT_EQ(result->powers[0].resources[0].name, "acme");
}

TEST(GitHubApp, NothingToJudgeBy) {
  EXPECT_FALSE(with({}));
  for (const char* text : {"", "acme", "acme Organization all", "a b c d e",
                           "acme Organization all [\"contents\"]",
                           "acme Organization all {broken"}) {
    EXPECT_FALSE(with({text})) << text;
  }
}

}  // namespace
}  // namespace overreach
