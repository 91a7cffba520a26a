// A path as it is told to somebody who stands in the current folder.
#pragma once

#include <string>

namespace overreach {

// From the current folder, when it lies in it.
std::string shown_path(const std::string& path);

}  // namespace overreach
