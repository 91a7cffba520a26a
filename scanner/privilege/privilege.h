// What a credential may do.  Offline: what the token itself says (its claims,
// caveats, ids, dates) and what its kind may do by default.
#pragma once

#include <cstdint>

#include "scanner/core/report.h"
#include "scanner/core/rule.h"

namespace overreach {

// Fills facts, reach, live and environment of a credential of that kind.
// `now` is seconds since 1970.  Evidence is `inferred` where the token says it
// and `assumed` where the kind does.
void assess_offline(const TokenRule& rule, std::int64_t now,
                    Credential& credential);

}  // namespace overreach
