#include "scanner/privilege/azure_permission.h"

#include <algorithm>

#include "scanner/base/text.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/tables/azure_roles.h"

namespace overreach {
namespace {

using Json = nlohmann::json;
using Patterns = std::vector<std::string>;

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

bool any_fits(const Patterns& patterns, std::string_view name) {
  return std::any_of(
      patterns.begin(), patterns.end(),
      [&](const std::string& pattern) { return fits(pattern, name); });
}

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

bool has_ending(const AzurePermission& permission, std::string_view verb) {
  const auto ends = [&](const std::string& pattern) {
    return !is_harmless(pattern) &&
           (pattern.ends_with(verb) || pattern.ends_with('*'));
  };
  const auto any = [&](const Patterns& patterns) {
    return std::any_of(patterns.begin(), patterns.end(), ends);
  };
  return any(permission.actions) || any(permission.data_actions);
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

// A line of the table.
AzurePermission permission_of(std::string_view line) {
  AzurePermission permission;
  const auto add = [](std::string_view word, std::string_view mark,
                      Patterns& patterns) {
    if (!word.starts_with(mark)) return;
    patterns.push_back(lower_case(word.substr(mark.size())));
  };
  for (const std::string& word : split_text(line, " ")) {
    if (word == "if") permission.has_condition = true;
    if (word == "reads") permission.reads_more = true;
    if (word == "writes") permission.writes_more = true;
    add(word, "+", permission.actions);
    add(word, "-", permission.not_actions);
    add(word, "d+", permission.data_actions);
    add(word, "d-", permission.not_data_actions);
  }
  return permission;
}

}  // namespace

bool AzurePermission::allows(std::string_view operation, bool is_data) const {
  const std::string name = lower_case(operation);
  return any_fits(is_data ? data_actions : actions, name) &&
         !any_fits(is_data ? not_data_actions : not_actions, name);
}

bool AzurePermission::deletes() const { return has_ending(*this, "/delete"); }

bool AzurePermission::writes() const {
  return writes_more || has_ending(*this, "/write") ||
         has_ending(*this, "/action");
}

bool AzurePermission::reads() const {
  return reads_more || has_ending(*this, "/read");
}

AzurePermission azure_permission(const Json& json) {
  AzurePermission permission;
  permission.actions = patterns_of(json, "actions");
  permission.not_actions = patterns_of(json, "notActions");
  permission.data_actions = patterns_of(json, "dataActions");
  permission.not_data_actions = patterns_of(json, "notDataActions");
  const auto condition = json.find("condition");
  permission.has_condition = condition != json.end() &&
                             condition->is_string() &&
                             !condition->get<std::string>().empty();
  return permission;
}

std::optional<AzureRoleDefinition> azure_builtin_role(std::string_view id) {
  const std::string wanted = lower_case(id);
  const auto roles = azure_roles();
  const auto at =
      std::lower_bound(roles.begin(), roles.end(), wanted,
                       [](const AzureRole& role, const std::string& it) {
                         return role.id < it;
                       });
  if (at == roles.end() || at->id != wanted) return std::nullopt;
  const auto lines = split_text(at->text, "\n");
  AzureRoleDefinition role{lines.front(), {}};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    role.permissions.push_back(permission_of(lines[i]));
  }
  return role;
}

}  // namespace overreach
