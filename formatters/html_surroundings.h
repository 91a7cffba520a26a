// What stands around a folder (`reach`), on the HTML page.
#pragma once

#include "formatters/html_parts.h"

namespace overreach {

// Whether anything asks, what is in reach, what commands act on, and the stores
// of log-ins.  Nothing for a report without surroundings.
Markup surroundings_section(const HtmlPage& page);

}  // namespace overreach
