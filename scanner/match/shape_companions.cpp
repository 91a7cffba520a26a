// Which identifier belongs to which secret.

#include <cstdint>

#include "scanner/match/shape_finder.h"

namespace overreach {
namespace {

constexpr std::uint32_t kPairLines = 40;  // how far an id and its secret stand

}  // namespace

void ShapeFinder::pair_companions(std::vector<Candidate>& candidates) const {
  std::uint32_t group = 0;
  for (Candidate& leader : candidates) {
    if (leader.group != 0) continue;
    for (const CompanionRule& companion : leader.rule->companions) {
      Candidate* nearest = nullptr;
      std::uint32_t distance = kPairLines + 1;
      for (Candidate& other : candidates) {
        if (other.rule->id != companion.rule || other.group != 0 ||
            &other == &leader) {
          continue;
        }
        const std::uint32_t lines = other.line > leader.line
                                        ? other.line - leader.line
                                        : leader.line - other.line;
        if (lines < distance) {
          distance = lines;
          nearest = &other;
        }
      }
      if (!nearest) continue;
      if (leader.group == 0) leader.group = ++group;
      nearest->group = leader.group;
      nearest->leads = false;
    }
  }
  // An identifier that belongs to nothing here is no finding.
  std::erase_if(candidates, [](const Candidate& candidate) {
    return candidate.rule->is_public && candidate.group == 0;
  });
}

}  // namespace overreach
