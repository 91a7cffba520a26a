// What the parts of the HTML page share: places, operations, remedies, lists of
// which the rest is folded away.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formatters/findings.h"
#include "formatters/html_text.h"
#include "formatters/redactor.h"
#include "scanner/core/report.h"

namespace overreach {

// All must outlive it.
struct HtmlPage {
  const Report& report;
  const OutputOptions& options;
  const Redactor& redacted;
  const std::vector<ReportItem>& findings;
  // Of each credential, by its id, its number among the findings.
  const std::map<std::string_view, std::size_t>& numbers;
};

// The word with its colour; the word alone says it, too.
Markup badge(Severity severity);

// A pair of a <dl>; nothing when there is nothing to say.
Markup row(std::string_view label, const Markup& inside);

// Items 0 to `size`: `open` of them in sight, the others in <details>, and
// without `verbose` at most some hundred there.
Markup long_list(const HtmlPage& page, std::size_t size, std::size_t open,
                 const std::function<Markup(std::size_t)>& item);

// "infra/dns.sh:9"; `owner` may be null.
Markup position_code(const HtmlPage& page, const Place& place,
                     const Credential* owner);

// The same with key, environment, exposure, commit and what stands there.
Markup place_item(const HtmlPage& page, const Place& place,
                  const Credential* owner);

// "volumeDelete on 3 volumes: data (production), ...; destroys data and
// backups", with at most so many resources by name.  Says how it is known where
// that is not how `of` all is known.
Markup power_item(const HtmlPage& page, const Power& power, Evidence of,
                  std::size_t most);

// "root in production" and how it is known.
Markup reach_line(const Credential& credential);

// "revoke it at" and a link, or a sentence.
Markup revoke_step(const HtmlPage& page, const Remedy& remedy);

// Where a finding stands on the page: "finding-1", and the link to it.
std::string anchor_of(std::size_t finding);
Markup link_to(std::size_t finding, std::string_view text);

}  // namespace overreach
