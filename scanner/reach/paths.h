// Paths and variables as this stage sees them.
#pragma once

#include <string>
#include <string_view>

#include "scanner/reach/reach.h"

namespace overreach {

// Whether `path` is `folder` or lies below it; both absolute.
bool lies_in(std::string_view path, std::string_view folder);

// As in Place: "~/..." for what lies in the home folder.
std::string shown_path(const Standpoint& standpoint, std::string_view path);

// Empty when it is not set.
std::string_view variable(const Standpoint& standpoint, std::string_view name);

}  // namespace overreach
