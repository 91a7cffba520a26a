// Credentials and crossings in one list, the most dangerous first.  Both are
// sorted by danger already; of two that are alike the crossing says more.
#pragma once

#include "scanner/core/report.h"

namespace overreach {

// Calls `on_credential` and `on_crossing` with each of the report.
template <typename OnCredential, typename OnCrossing>
void by_danger(const Report& report, OnCredential&& on_credential,
               OnCrossing&& on_crossing) {
  auto crossing = report.crossings.begin();
  const auto crossings_from = [&](Severity least) {
    for (; crossing != report.crossings.end() && crossing->severity >= least;
         ++crossing) {
      on_crossing(*crossing);
    }
  };
  for (const Credential& each : report.credentials) {
    crossings_from(each.severity);
    on_credential(each);
  }
  crossings_from(Severity::low);
}

}  // namespace overreach
