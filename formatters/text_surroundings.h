// What stands around a folder, on the text page: a glance at the top, a list
// further down.
#pragma once

#include <string>
#include <string_view>

#include "formatters/text_entry.h"

namespace overreach {

// Whether anything asks, what is in reach and how much of it falls at once,
// what commands act on.  Nothing for a report without surroundings.
void write_glance(const TextPage& text);

// "31 credentials in the home folder, 1 in the process environment"; empty for
// none.
std::string counted_in_reach(const Report& report);

// What falls: "a whole account".
std::string_view extent_of(Extent extent);

// Every store and target; without `verbose` stores that hold something only.
void write_surroundings(const TextPage& text);

}  // namespace overreach
