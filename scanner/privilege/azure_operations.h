// Operations of Azure by the harm that can be done with them.
#pragma once

#include <span>
#include <string_view>

namespace overreach {

struct AzureOperation {
  std::string_view name;      // "Microsoft.Compute/disks/delete"
  std::string_view destroys;  // words of Power::destroys, by spaces
  bool is_data = false;       // a data action: on what the resource holds
};

// Those that destroy, most dangerous first.  Names: Azure's list of resource
// provider operations, learn.microsoft.com/azure/role-based-access-control/
// resource-provider-operations.
std::span<const AzureOperation> azure_destructive_operations();

}  // namespace overreach
