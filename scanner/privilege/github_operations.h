// Requests to GitHub by the harm that can be done with them.
#pragma once

#include <span>
#include <string_view>

namespace overreach {

enum class GitHubRank {
  destructive,
  root_of_all,  // of an account, when it is for all its repositories
  root,         // of an organization
};

struct GitHubOperation {
  std::string_view name;      // "DELETE /repos/{owner}/{repo}"
  std::string_view destroys;  // words of Power::destroys, by spaces
  GitHubRank rank = GitHubRank::destructive;
};

// Those that destroy or give rights, most dangerous first.
std::span<const GitHubOperation> github_destructive_operations();

}  // namespace overreach
