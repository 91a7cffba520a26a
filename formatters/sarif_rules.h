// The rules of a SARIF run: one for each kind of credential or crossing that
// was found, with the worst of what was found of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "formatters/json_writer.h"
#include "scanner/core/report.h"

namespace overreach {

struct SarifRule {
  std::string id, name, docs, revoke, narrower;
  std::string full;  // what such a finding means, one sentence
  Severity severity = Severity::low;
  Confidence confidence = Confidence::low;
};

// Sorted by id.
std::vector<SarifRule> sarif_rules(const Report& report);

// The place of `id` in `rules`.  REQUIRES: it is there
std::size_t index_of(const std::vector<SarifRule>& rules, std::string_view id);

void write_rule(JsonWriter& json, const SarifRule& rule);

// "error", "warning" or "note"; and what code scanning sorts by, "9.5".
std::string_view sarif_level(Severity severity);
std::string_view security_severity(Severity severity);

}  // namespace overreach
