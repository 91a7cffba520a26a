// What every page for people says of a report, whatever it is written in: the
// order of its findings, what needs not be said twice, what was scanned.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "formatters/redactor.h"
#include "scanner/core/report.h"

namespace overreach {

// One of the two; points into the report.
struct ReportItem {
  const Credential* credential = nullptr;
  const Crossing* crossing = nullptr;
  // An earlier finding, by its number from 0, whose reach and remedy are those
  // of this credential: a page of the same advice hides what is new on it.
  std::optional<std::size_t> like;
};

enum class Repeats { link, write };

// All of a report by danger; of two that are alike the crossing comes first,
// it says more.  With `write` nothing has a `like`.
std::vector<ReportItem> findings_by_danger(const Report& report,
                                           Repeats repeats);

// Whether a crossing is the first thing to say.
bool crossing_comes_first(const Report& report);

// "78,579 files", "41 added lines of 3 files in 2 commits".
std::string scanned_what(const Scanned& scanned);

// What stands behind a place, one piece each: "tracked", "production", "commit
// 0123...", "not in HEAD", "reached by main, tag v1.0 and 3 more".
std::vector<std::string> notes_of(const Place& place, const Redactor& redacted);

// How many were found and are not in the lists, and why, a clause each.
std::vector<std::string> not_shown(const Report& report);

// How many parts could not be read.
std::size_t incomplete_count(const Report& report);

// Whether it is not complete and no problem says why.
bool lacks_a_reason(const Report& report);

}  // namespace overreach
