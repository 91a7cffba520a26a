// Counting lines at the speed of memory.
#pragma once

#include <cstddef>
#include <string_view>

namespace overreach {

// How many line breaks are in the text.
std::size_t count_line_breaks(std::string_view text);

}  // namespace overreach
