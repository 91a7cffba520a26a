#include "scanner/privilege/github_operations.h"

namespace overreach {
namespace {

constexpr GitHubOperation kDestructive[] = {
    {"DELETE /orgs/{org}", "code builds access", GitHubRank::root},
    {"PUT /orgs/{org}/memberships/{username}", "access", GitHubRank::root},
    {"PUT /orgs/{org}/organization-roles/users/{username}/{role_id}", "access",
     GitHubRank::root},
    {"DELETE /repos/{owner}/{repo}", "code", GitHubRank::root_of_all},
    {"PUT /repos/{owner}/{repo}/collaborators/{username}", "access",
     GitHubRank::root_of_all},
    {"POST /repos/{owner}/{repo}/transfer", "code access",
     GitHubRank::root_of_all},
    {"PATCH /repos/{owner}/{repo}/git/refs/{ref}", "code"},
    {"DELETE /repos/{owner}/{repo}/git/refs/{ref}", "code"},
    {"DELETE /repos/{owner}/{repo}/contents/{path}", "code"},
    {"DELETE /repos/{owner}/{repo}/releases/{release_id}", "builds"},
    {"DELETE /repos/{owner}/{repo}/actions/artifacts/{artifact_id}", "builds"},
    {"DELETE /repos/{owner}/{repo}/environments/{environment_name}",
     "infrastructure secrets"},
    {"DELETE /repos/{owner}/{repo}/pages", "infrastructure"},
    {"DELETE /orgs/{org}/actions/secrets/{secret_name}", "secrets"},
    {"DELETE /repos/{owner}/{repo}/actions/secrets/{secret_name}", "secrets"},
    {"DELETE /repos/{owner}/{repo}/environments/{environment_name}/secrets/"
     "{secret_name}",
     "secrets"},
    {"DELETE /orgs/{org}/members/{username}", "access"},
    {"DELETE /orgs/{org}/teams/{team_slug}", "access"},
    {"DELETE /orgs/{org}/actions/runners/{runner_id}", "infrastructure"},
    {"DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}",
     "infrastructure"},
};

}  // namespace

std::span<const GitHubOperation> github_destructive_operations() {
  return kDestructive;
}

}  // namespace overreach
