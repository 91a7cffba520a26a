// One finding on the text page: the block of a credential or of a crossing.
#pragma once

#include <string>

#include "formatters/page.h"
#include "formatters/redactor.h"
#include "scanner/core/report.h"

namespace overreach {

// What the parts of one text page share.  All must outlive it.
struct TextPage {
  const Report& report;
  const OutputOptions& options;
  const Redactor& redacted;
  Page& page;
};

// Without `verbose` at most about 20 lines, so that the first one stands on
// the first screen.  `like`, if not null, stands further up and says the same
// about reach and remedy: that is not repeated then.
void write_entry(const TextPage& text, const Credential& credential,
                 const Credential* like = nullptr);
void write_entry(const TextPage& text, const Crossing& crossing);

// "infra/dns.sh:9", as it may be shown; `owner` may be null.
std::string position(const TextPage& text, const Place& place,
                     const Credential* owner);

// "root in production", "read access" where the environment is not known.
std::string reach_text(const Credential& credential);

// "revoke it at https://..."; empty when nobody knows what.
Words first_step(const Remedy& remedy);

// Whether the reader of one learns nothing new from the other but its places.
bool says_the_same(const Credential& a, const Credential& b);

Style style_of(Severity severity);

}  // namespace overreach
