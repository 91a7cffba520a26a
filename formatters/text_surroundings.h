// What stands around a folder, on the text page: a glance at the top, a list
// further down.
#pragma once

#include "formatters/text_entry.h"

namespace overreach {

// Whether anything asks, what is in reach and how much of it falls at once,
// what commands act on.  Nothing for a report without surroundings.
void write_glance(const TextPage& text);

// Every store and target; without `verbose` stores that hold something only.
void write_surroundings(const TextPage& text);

}  // namespace overreach
