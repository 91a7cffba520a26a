// Whether anything asks before an agent acts.

#include <algorithm>

#include "scanner/crossing/crossing.h"
#include "scanner/crossing/file_kinds.h"

namespace overreach {
namespace {

std::string position(const Place& place) {
  return place.path + ":" + std::to_string(place.line);
}

}  // namespace

Supervision supervision(const std::vector<LabelledFile>& files,
                        const std::vector<Crossing>& crossings) {
  Supervision found;
  for (const Crossing& crossing : crossings) {
    if (crossing.kind != "agent/unattended-execution" ||
        crossing.severity == Severity::low) {
      continue;
    }
    found.asks = Asks::no;
    found.why.push_back((crossing.origins.empty() ? crossing.message
                                                  : crossing.origins.front()) +
                        " in " + position(crossing.places.front()));
  }
  if (found.asks == Asks::no) return found;
  for (const LabelledFile& file : files) {
    if (file.is_template || !is_agent_settings(file.path)) continue;
    found.asks = Asks::yes;
    found.why.push_back("nothing in " + file.path + " takes the question away");
  }
  return found;
}

}  // namespace overreach
