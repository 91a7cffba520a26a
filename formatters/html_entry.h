// One finding on the HTML page: the article of a credential or of a crossing.
#pragma once

#include <cstddef>

#include "formatters/html_parts.h"

namespace overreach {

// REQUIRES: number < page.findings.size()
Markup finding_article(const HtmlPage& page, std::size_t number);

}  // namespace overreach
