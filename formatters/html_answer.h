// The first screen of the HTML page: whether the scan is complete, what could
// do the most damage and what to do now, and how many findings there are.
#pragma once

#include "formatters/html_parts.h"

namespace overreach {

// A banner for a scan that is not complete, or that found nothing; else
// nothing.
Markup state_banner(const HtmlPage& page);

// The worst finding in answers.  Nothing when nothing was found.
Markup worst_section(const HtmlPage& page);

// A table of findings by severity, and what is not shown.
Markup counts_section(const HtmlPage& page);

}  // namespace overreach
