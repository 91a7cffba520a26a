// Predefined roles of Google Cloud, without asking Google what they hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

struct GoogleRole {
  bool writes = false;                   // does more than read
  std::vector<std::string> permissions;  // "storage.buckets.delete": those that
                                         // destroy or lead to further rights
};

// Of "roles/storage.admin".  Nothing for custom roles, roles of service agents
// and what is newer than the table (tables/google_roles.h).
std::optional<GoogleRole> google_role(std::string_view name);

// Whether the table knows the permission: "storage.buckets.delete".
bool is_google_permission(std::string_view name);

}  // namespace overreach
