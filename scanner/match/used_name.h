// Names that are only used, which most names are: dropped before anything
// around them is taken apart.
#pragma once

#include <cstddef>
#include <string_view>

namespace overreach {

// What follows the name that holds `at` says that nothing is assigned to it.
bool is_only_used(std::string_view text, std::size_t at);

}  // namespace overreach
