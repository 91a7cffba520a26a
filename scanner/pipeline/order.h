// What all reports have in common once their findings are there, scanned or
// read back: the order, the gate, and what is known of rules and kinds.
#pragma once

#include "scanner/core/report.h"
#include "scanner/core/rule.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {

// Whether `a` stands before `b` in a report.
bool more_dangerous(const Credential& a, const Credential& b);

bool is_at_gate(const ScanOptions& options, const Credential& credential);
bool is_at_gate(const ScanOptions& options, const Crossing& crossing);

// Of the rules and kinds of the findings; a rule that is not among `rules` has
// what its credential says.
void add_infos(const RuleSet& rules, Report& report);

}  // namespace overreach
