// Evaluator "azure-rbac": what role assignments of Azure allow, by the actions
// of their roles.
// learn.microsoft.com/azure/role-based-access-control/role-definitions
//
// An action counts when a pattern of `actions` covers it and none of
// `notActions`; what one role leaves out another may give.  Deny assignments
// are not read: Azure makes them for managed applications only.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "scanner/base/text.h"
#include "scanner/privilege/azure_operations.h"
#include "scanner/privilege/evaluators.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kGroups = "/resourcegroups/";
constexpr std::string_view kSubscription = "/subscriptions/";

// `*` stands for any text; both are in lower case.
bool fits(std::string_view pattern, std::string_view name) {
  const std::size_t star = pattern.find('*');
  if (star == pattern.npos) return pattern == name;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= name.size(); ++at) {
    if (fits(rest, name.substr(at))) return true;
  }
  return false;
}

using Patterns = std::vector<std::string>;

// Of tickets, alarms and the history of deployments, or only there to read.
bool is_harmless(std::string_view pattern) {
  constexpr std::string_view kBegins[] = {
      "microsoft.support/", "microsoft.insights/alertrules/",
      "microsoft.resourcehealth/", "microsoft.resources/deployments/"};
  constexpr std::string_view kEnds[] = {"/generateuserdelegationkey/action",
                                        "/search/action"};
  return std::any_of(std::begin(kBegins), std::end(kBegins),
                     [&](auto text) { return pattern.starts_with(text); }) ||
         std::any_of(std::begin(kEnds), std::end(kEnds),
                     [&](auto text) { return pattern.ends_with(text); });
}

Patterns patterns_of(const Json& permission, const char* key) {
  Patterns list;
  const auto found = permission.find(key);
  if (found == permission.end() || !found->is_array()) return list;
  for (const Json& text : *found) {
    if (text.is_string()) list.push_back(lower_case(text.get<std::string>()));
  }
  return list;
}

bool any_fits(const Patterns& patterns, std::string_view name) {
  return std::any_of(
      patterns.begin(), patterns.end(),
      [&](const std::string& pattern) { return fits(pattern, name); });
}

struct Permission {
  Patterns actions, not_actions, data_actions, not_data_actions;

  explicit Permission(const Json& json)
      : actions(patterns_of(json, "actions")),
        not_actions(patterns_of(json, "notActions")),
        data_actions(patterns_of(json, "dataActions")),
        not_data_actions(patterns_of(json, "notDataActions")) {}

  bool allows(std::string_view operation, bool is_data = false) const {
    const std::string name = lower_case(operation);
    return any_fits(is_data ? data_actions : actions, name) &&
           !any_fits(is_data ? not_data_actions : not_actions, name);
  }

  // Some operation of that kind, whatever it is on.
  bool has_ending(std::string_view verb) const {
    const auto ends = [&](const std::string& pattern) {
      return !is_harmless(pattern) &&
             (pattern.ends_with(verb) || pattern.ends_with('*'));
    };
    return std::any_of(actions.begin(), actions.end(), ends) ||
           std::any_of(data_actions.begin(), data_actions.end(), ends);
  }
};

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
  void add(const Scope& scope, const Permission& permission, Limited limited) {
    is_known_ = true;
    judge_escalation(scope, permission, limited);
    for (const AzureOperation& operation : azure_destructive_operations()) {
      if (!permission.allows(operation.name, operation.is_data)) continue;
      raise(Level::destructive, "may run " + std::string(operation.name),
            scope);
      add_power(operation, scope);
    }
    if (permission.has_ending("/delete")) {
      raise(Level::destructive, "may delete", scope);
    }
    if (permission.has_ending("/write") || permission.has_ending("/action")) {
      raise(Level::write, "may change things", scope);
    }
    if (permission.has_ending("/read")) {
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
  void judge_escalation(const Scope& scope, const Permission& permission,
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
    if (level <= result_.level) return;
    result_.level = level;
    result_.why = what + " in " + scope.in_words();
  }

  void add_power(const AzureOperation& operation, const Scope& scope) {
    const auto same = [&](const Power& power) {
      return power.operation == operation.name;
    };
    auto at = std::find_if(result_.powers.begin(), result_.powers.end(), same);
    const bool is_new = at == result_.powers.end();
    if (is_new) {
      Power power;
      power.operation = operation.name;
      power.evidence = Evidence::declared;
      for (std::string_view rest = operation.destroys; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        power.destroys.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      at = result_.powers.insert(at, std::move(power));
    }
    const std::string pattern = scope.pattern();
    if (pattern.empty()) {
      at->resources.clear();  // everywhere
    } else if (is_new || !at->resources.empty()) {
      at->resources.push_back({pattern, "scope", {}, {}});
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

std::string last_name(const std::string& path) {
  return lower_case(path.substr(path.rfind('/') + 1));
}

}  // namespace

std::optional<Evaluated> evaluate_azure_rbac(const Variables& variables) {
  std::map<std::string, Json> definitions;
  for (const std::string& text : variables.all("definitions")) {
    const auto [name, json] = cut(text);
    definitions[lower_case(name)] = Json::parse(json, nullptr, false);
  }
  const auto& conditional = variables.all("conditional_assignments");
  Verdict verdict;
  for (const std::string& text : variables.all("assignments")) {
    const auto [scope, role] = cut(text);
    const auto at = definitions.find(last_name(role));
    if (at == definitions.end() || !at->second.is_array()) {
      verdict.add_unseen(role);
      continue;
    }
    const bool is_limited = std::find(conditional.begin(), conditional.end(),
                                      text) != conditional.end();
    for (const Json& permission : at->second) {
      if (!permission.is_object()) continue;
      verdict.add({scope}, Permission(permission),
                  is_limited ? Limited::by_a_condition : Limited::no);
    }
  }
  for (const std::string& text : variables.all("group_permissions")) {
    const auto [scope, json] = cut(text);
    const auto permission = Json::parse(json, nullptr, false);
    if (!permission.is_object()) continue;
    verdict.add({scope}, Permission(permission), Limited::no);
  }
  return std::move(verdict).result();
}

}  // namespace overreach
