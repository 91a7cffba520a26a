// Azure's built-in roles, by what they can destroy; which operations that are,
// make_azure_roles.py says.
#pragma once

#include <span>
#include <string_view>

namespace overreach {

struct AzureRole {
  std::string_view id;  // in lower case
  // First line: the name.  Then a line for each permission, in words: `if` when
  // it holds on a condition, `reads` and `writes` for operations that are not
  // listed, "+PATTERN" and "d+PATTERN" for actions and data actions, "-" and
  // "d-" for those left out; `nothing` when nothing of it counts.
  std::string_view text;
};

std::span<const AzureRole> azure_roles();  // sorted by id

}  // namespace overreach
