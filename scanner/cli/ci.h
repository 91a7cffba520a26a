// What CI systems say about the change they build: the base that `--ci` takes.
#pragma once

#include <functional>
#include <string>

#include "scanner/base/result.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {

// The value of a variable; empty when it is not set.
using Variables = std::function<std::string(const char* name)>;

// Fails outside of a known CI system, and where it gives no base.
Result<RangeRequest> ci_range(const Variables& variables);

}  // namespace overreach
