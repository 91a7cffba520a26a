// What a role of Azure allows, from a reply or from the table of built-in
// roles. learn.microsoft.com/azure/role-based-access-control/role-definitions
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

struct AzurePermission {
  // Patterns in lower case; `*` stands for any text.
  std::vector<std::string> actions, not_actions, data_actions, not_data_actions;
  // Operations that are not in the lists: only the table leaves some out.
  bool reads_more = false, writes_more = false;
  // Somebody's condition limits what it gives.
  bool has_condition = false;

  // Covered by a pattern and not left out; what one permission leaves out
  // another may give.
  bool allows(std::string_view operation, bool is_data = false) const;

  // Some operation of that kind, whatever it is on.  Tickets, alarms and the
  // history of deployments do not count.
  bool deletes() const;
  bool writes() const;
  bool reads() const;
};

// One of `permissions` in a role definition.
AzurePermission azure_permission(const nlohmann::json& json);

struct AzureRoleDefinition {
  std::string name;  // "Contributor"
  std::vector<AzurePermission> permissions;
};

// By its id, in either case; nothing for custom roles and new ones.
std::optional<AzureRoleDefinition> azure_builtin_role(std::string_view id);

}  // namespace overreach
