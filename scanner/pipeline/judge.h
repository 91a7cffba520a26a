// Credentials -> report: reach, severity, order, gate.
#pragma once

#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/core/report.h"
#include "scanner/core/rule.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {

void judge(const ScanOptions& options, const RuleSet& rules,
           std::vector<Credential> credentials, Diagnostics& diagnostics,
           Report& report);

}  // namespace overreach
