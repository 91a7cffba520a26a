// Credentials and entries -> report: reach, severity, crossings, order, gate.
#pragma once

#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/core/report.h"
#include "scanner/core/rule.h"
#include "scanner/pipeline/baseline.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/pipeline/reach_scan.h"
#include "scanner/pipeline/seen.h"
#include "scanner/pipeline/standing.h"

namespace overreach {

// `reach` may be null; else it says what stands around the scanned folder.
// `standing` too: then all credentials stand where they were found.  What the
// baseline knows is not reported and not asked about.
void judge(const ScanOptions& options, const RuleSet& rules,
           std::vector<Credential> credentials, Seen seen,
           const ReachScan* reach, const Standing* standing, Baseline& baseline,
           Diagnostics& diagnostics, Report& report);

// By --only and --skip; `id` is of a rule or of a kind of crossing.
bool is_wanted(const ScanOptions& options, std::string_view id);

// Whether any kind of crossing is; if none, no settings have to be read.
bool wants_crossings(const ScanOptions& options);

// Fails for a word of --only or --skip that fits neither: it would quietly
// scan for nothing.
Status check_wanted(const ScanOptions& options, const RuleSet& rules);

}  // namespace overreach
