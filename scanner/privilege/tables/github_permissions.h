// Which requests that change something a permission of a GitHub App or a
// fine-grained token opens.
#pragma once

#include <span>
#include <string_view>

namespace overreach {

struct GitHubPermission {
  std::string_view name;        // "administration:write"
  std::string_view operations;  // lines: "DELETE /repos/{owner}/{repo}"
};

std::span<const GitHubPermission> github_permissions();  // sorted by name

}  // namespace overreach
