// What Google's predefined roles can destroy, and what leads on to further
// rights; which permissions that are, make_google_roles.py says.
#pragma once

#include <span>
#include <string_view>

namespace overreach {

struct GoogleService {
  std::string_view name;  // "storage"
  std::string_view text;  // lines
};

// One line each: "buckets.delete objects.delete ...".  Sorted by name.
std::span<const GoogleService> google_permissions();

// A line a role: "admin writes storage:buckets.delete,objects.delete redis:*",
// or "viewer" for one that only reads.  `*` stands for all permissions above of
// the service.  Basic roles are those of the service "".  Sorted by name.
std::span<const GoogleService> google_roles();

}  // namespace overreach
