// Evaluator "azure-rbac": what role assignments of Azure allow, by the actions
// of their roles.
// learn.microsoft.com/azure/role-based-access-control/role-definitions
//
// What a built-in role holds is known without asking, for whoever may not read
// its definition.  Deny assignments are not read: Azure makes them for managed
// applications only.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "scanner/base/text.h"
#include "scanner/privilege/azure_operations.h"
#include "scanner/privilege/azure_permission.h"
#include "scanner/privilege/evaluators.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kGroups = "/resourcegroups/";
constexpr std::string_view kSubscription = "/subscriptions/";

// Where an assignment holds: "/", a management group, a subscription, a
// resource group, or one resource.
struct Scope {
  std::string path;

  bool is_one_resource() const {
    const std::string text = lower_case(path);
    const std::size_t group = text.find(kGroups);
    return group != text.npos &&
           text.find('/', group + kGroups.size()) != text.npos;
  }

  std::string in_words() const {
    const std::string text = lower_case(path);
    const std::string last = path.substr(path.rfind('/') + 1);
    if (is_one_resource()) return "the resource " + last;
    if (text.find(kGroups) != text.npos) return "the resource group " + last;
    if (text.starts_with(kSubscription)) return "the subscription " + last;
    return last.empty() ? "the whole tenant" : "the management group " + last;
  }

  // Of the names of resources in it; resources of a management group may be
  // in any subscription.
  std::string pattern() const {
    if (is_one_resource()) return path;
    const bool is_wide = !lower_case(path).starts_with(kSubscription);
    return is_wide ? std::string() : path + "/*";
  }
};

enum class Limited { no, by_a_condition };

class Verdict {
 public:
  void add(const Scope& scope, const AzurePermission& permission,
           Limited limited) {
    is_known_ = true;
    judge_escalation(scope, permission, limited);
    for (const AzureOperation& operation : azure_destructive_operations()) {
      if (!permission.allows(operation.name, operation.is_data)) continue;
      raise(Level::destructive, "may run " + std::string(operation.name),
            scope);
      add_power(operation, scope);
    }
    if (permission.deletes()) {
      raise(Level::destructive, "may delete", scope);
    }
    if (permission.writes()) {
      raise(Level::write, "may change things", scope);
    }
    if (permission.reads()) {
      raise(Level::read, "may look at things", scope);
    }
  }

  void add_unseen(const std::string& role) { unseen_.insert(role); }

  std::optional<Evaluated> result() && {
    if (!is_known_) return std::nullopt;
    if (!unseen_.empty() && result_.level < Level::root) {
      result_.why += "; " + std::to_string(unseen_.size()) +
                     " of its roles could not be read";
    }
    return std::move(result_);
  }

 private:
  void judge_escalation(const Scope& scope, const AzurePermission& permission,
                        Limited limited) {
    const bool gives =
        permission.allows("Microsoft.Authorization/roleAssignments/write");
    if (gives && limited == Limited::by_a_condition) {
      raise(Level::write, "gives others the roles that a condition allows",
            scope);
    } else if (gives) {
      raise(scope.is_one_resource() ? Level::destructive : Level::root,
            "gives itself every role", scope);
    }
    if (permission.allows("Microsoft.Authorization/roleDefinitions/write")) {
      raise(scope.is_one_resource() ? Level::destructive : Level::root,
            "changes what roles allow, its own among them", scope);
    }
  }

  void raise(Level level, const std::string& what, const Scope& scope) {
    result_.raise(level, what + " in " + scope.in_words());
  }

  void add_power(const AzureOperation& operation, const Scope& scope) {
    const std::size_t before = result_.powers.size();
    Power& power = result_.power(operation.name, operation.destroys);
    const bool is_new = result_.powers.size() > before;
    power.evidence = Evidence::declared;
    const std::string pattern = scope.pattern();
    if (pattern.empty()) {
      power.resources.clear();  // everywhere
    } else if (is_new || !power.resources.empty()) {
      power.resources.push_back({pattern, "scope", {}, {}});
    }
  }

  Evaluated result_{Level::none, Evidence::declared, "holds no role", {}};
  std::set<std::string> unseen_;
  bool is_known_ = false;
};

// "FIRST REST" cut at the space.
std::pair<std::string, std::string> cut(const std::string& text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  return {text.substr(0, space),
          space == text.size() ? "" : text.substr(space + 1)};
}

// Of a role definition; nothing when it is no list.
std::optional<std::vector<AzurePermission>> permissions_of(
    const std::string& json) {
  const Json list = Json::parse(json, nullptr, false);
  if (!list.is_array()) return std::nullopt;
  std::vector<AzurePermission> permissions;
  for (const Json& permission : list) {
    if (permission.is_object()) {
      permissions.push_back(azure_permission(permission));
    }
  }
  return permissions;
}

std::string last_name(const std::string& path) {
  return lower_case(path.substr(path.rfind('/') + 1));
}

}  // namespace

std::optional<Evaluated> evaluate_azure_rbac(const Variables& variables) {
  std::map<std::string, std::vector<AzurePermission>> definitions;
  for (const std::string& text : variables.all("definitions")) {
    const auto [name, json] = cut(text);
    if (const auto list = permissions_of(json)) {
      definitions[lower_case(name)] = *list;
    }
  }
  const auto& conditional = variables.all("conditional_assignments");
  Verdict verdict;
  for (const std::string& text : variables.all("assignments")) {
    const auto [scope, role] = cut(text);
    const std::string id = last_name(role);
    if (definitions.count(id) == 0) {
      const auto known = azure_builtin_role(id);
      if (!known) {
        verdict.add_unseen(role);
        continue;
      }
      definitions[id] = known->permissions;
    }
    const bool is_limited = std::find(conditional.begin(), conditional.end(),
                                      text) != conditional.end();
    for (const AzurePermission& permission : definitions[id]) {
      verdict.add({scope}, permission,
                  is_limited || permission.has_condition
                      ? Limited::by_a_condition
                      : Limited::no);
    }
  }
  for (const std::string& text : variables.all("group_permissions")) {
    const auto [scope, json] = cut(text);
    const auto permission = Json::parse(json, nullptr, false);
    if (!permission.is_object()) continue;
    verdict.add({scope}, azure_permission(permission), Limited::no);
  }
  return std::move(verdict).result();
}

}  // namespace overreach
