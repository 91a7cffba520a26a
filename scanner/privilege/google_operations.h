// Permissions of Google Cloud by the harm that can be done with them.
#pragma once

#include <span>
#include <string_view>

namespace overreach {

struct GoogleOperation {
  // "compute.disks.delete"; "*.backups.delete" for that of every service.
  std::string_view permission;
  std::string_view destroys;  // words of Power::destroys, by spaces

  bool covers(std::string_view name) const;
};

// Those that destroy, most dangerous first.
std::span<const GoogleOperation> google_destructive_operations();

}  // namespace overreach
