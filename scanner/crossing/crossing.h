// Credentials and labelled entries -> crossings: the door of this stage.  All
// functions are pure: no file is read, nothing is asked.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/labelled_file.h"
#include "scanner/core/report.h"

namespace overreach {

// One kind of crossing, as people read about it.
struct CrossingKind {
  std::string_view id;      // "env/live-key-in-nonprod-config"
  Severity severity;        // what a sure one has; see Collector
  std::string_view title;   // of a finding, without the place
  std::string_view help;    // what can happen, one or two sentences
  std::string_view remedy;  // what to change
};

// Sorted by id.
std::span<const CrossingKind> crossing_kinds();

// Null when there is none of that id.
const CrossingKind* find_crossing_kind(std::string_view id);

// All must be complete; files sorted by path.  `targets` are what commands act
// on by themselves, where that is known.  The crossings come sorted, the most
// dangerous first.  O(n log n) in entries and places.
std::vector<Crossing> find_crossings(
    const std::vector<Credential>& credentials,
    const std::vector<LabelledFile>& files,
    const std::vector<AmbientTarget>& targets = {});

// Whether a person is asked before an agent acts, by the settings of agents
// that were found.
struct Supervision {
  Asks asks = Asks::unknown;
  std::vector<std::string> why;  // a clause each
};
Supervision supervision(const std::vector<LabelledFile>& files,
                        const std::vector<Crossing>& crossings);

}  // namespace overreach
