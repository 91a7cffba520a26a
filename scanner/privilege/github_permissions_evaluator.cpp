// Evaluator "github-permissions": what the permissions of a GitHub App let it
// do in the accounts that installed it.
// docs.github.com/rest/authentication/permissions-required-for-github-apps
//
// Which repositories of an account were selected only a token of the
// installation could tell, and making one would be a change.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/github_operations.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/tables/github_permissions.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

// Two permissions together rewrite what runs in Actions, with its secrets.
constexpr GitHubOperation kWorkflowChange = {
    "PUT /repos/{owner}/{repo}/contents/.github/workflows/{file}",
    "code secrets"};

struct Installation {
  std::string account;
  bool is_organization = false;
  bool has_all_repositories = false;
  std::set<std::string> permissions;  // "contents:write"

  bool has(std::string_view permission) const {
    return permissions.count(std::string(permission)) > 0;
  }

  std::string in_words() const {
    return (has_all_repositories ? "every repository of "
                                 : "the selected repositories of ") +
           account;
  }
};

// "ACCOUNT TYPE SELECTION JSON", the JSON being {"contents":"write", ...}.
std::optional<Installation> parse(const std::string& text) {
  const auto words = split_text(text, " ");
  if (words.size() != 4) return std::nullopt;
  const Json map = Json::parse(words[3], nullptr, false);
  if (!map.is_object()) return std::nullopt;
  Installation it{words[0], words[1] == "Organization", words[2] == "all", {}};
  for (const auto& [name, access] : map.items()) {
    if (!access.is_string()) continue;
    const std::string level = access.get<std::string>();
    it.permissions.insert(name + ":" + level);
    if (level == "admin") it.permissions.insert(name + ":write");
  }
  return it;
}

bool is_of_organization(std::string_view operation) {
  return operation.find(" /orgs/") != operation.npos;
}

std::set<std::string> operations_of(const Installation& it) {
  std::set<std::string> operations;
  for (const GitHubPermission& row : github_permissions()) {
    if (!it.has(row.name)) continue;
    for (std::string& name : split_text(row.operations, "\n")) {
      if (it.is_organization || !is_of_organization(name)) {
        operations.insert(std::move(name));
      }
    }
  }
  return operations;
}

class Verdict {
 public:
  void add(const Installation& it) {
    result_.raise(Level::read, "may look at " + it.in_words());
    const bool writes = std::any_of(
        it.permissions.begin(), it.permissions.end(),
        [](const std::string& name) { return name.ends_with(":write"); });
    if (writes) result_.raise(Level::write, "may change " + it.in_words());
    const auto operations = operations_of(it);
    for (const GitHubOperation& row : github_destructive_operations()) {
      if (operations.count(std::string(row.name)) > 0) add(row, it);
    }
    if (it.has("contents:write") && it.has("workflows:write")) {
      add(kWorkflowChange, it);
    }
  }

  Evaluated result() && { return std::move(result_); }

 private:
  void add(const GitHubOperation& row, const Installation& it) {
    const bool is_root =
        row.rank == GitHubRank::root ||
        (row.rank == GitHubRank::root_of_all && it.has_all_repositories);
    const std::string where =
        is_of_organization(row.name) ? it.account : it.in_words();
    result_.raise(is_root ? Level::root : Level::destructive,
                  "may run " + std::string(row.name) + " in " + where);
    Power& power = result_.power(row.name, row.destroys);
    power.evidence = Evidence::declared;
    power.resources.push_back(
        {it.account, it.is_organization ? "organization" : "account", {}, {}});
  }

  Evaluated result_{Level::none, Evidence::declared, "", {}};
};

}  // namespace

std::optional<Evaluated> evaluate_github_permissions(
    const Variables& variables) {
  Verdict verdict;
  bool is_known = false;
  for (const std::string& text : variables.all("installations")) {
    const auto installation = parse(text);
    if (!installation) continue;
    is_known = true;
    verdict.add(*installation);
  }
  if (!is_known) return std::nullopt;
  return std::move(verdict).result();
}

}  // namespace overreach
