#include "scanner/pipeline/sightings.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

namespace overreach {
namespace {

Sightings::Position position_of(const Place& place) {
  return {place.line, place.column, place.end_line, place.end_column};
}

// Without what differs from place to place.
Candidate without_place(Candidate candidate) {
  candidate.begin = candidate.end = 0;
  candidate.line = candidate.end_line = 1;
  candidate.column = candidate.end_column = 1;
  candidate.group = 0;
  return candidate;
}

std::size_t hash_of(const Candidate& candidate) {
  const std::hash<std::string_view> hash;
  return hash(candidate.secret.reveal()) * 31 + hash(candidate.rule->id) * 7 +
         hash(candidate.key);
}

bool is_same(const Candidate& a, const Candidate& b) {
  return a.rule == b.rule && a.secret == b.secret && a.leads == b.leads &&
         std::tie(a.key, a.confidence, a.reasons, a.facts, a.public_prefix) ==
             std::tie(b.key, b.confidence, b.reasons, b.facts, b.public_prefix);
}

}  // namespace

void Sightings::add(HistoryKind kind, std::string_view key,
                    std::span<const Occurrence> found) {
  if (found.empty()) return;
  const auto text = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back({kind, std::string(key), found.front().place.path});
  std::vector<const Candidate*> unit;
  for (const Occurrence& leader : found) {
    if (!leader.candidate.leads) continue;
    const std::size_t first = positions_.size();
    unit.assign(1, &leader.candidate);
    positions_.push_back(position_of(leader.place));
    for (const Occurrence& part : found) {
      if (part.candidate.leads || part.candidate.group == 0 ||
          part.candidate.group != leader.candidate.group) {
        continue;
      }
      unit.push_back(&part.candidate);
      positions_.push_back(position_of(part.place));
    }
    all_.push_back({place_of(unit), text, first});
  }
}

// Most units are known: only what is new is copied.
std::uint32_t Sightings::place_of(std::span<const Candidate* const> unit) {
  std::size_t hash = unit.size();
  for (const Candidate* each : unit) hash = hash * 1000003 + hash_of(*each);
  const auto [first, last] = by_hash_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const Unit& known = units_[at->second];
    if (std::equal(known.begin(), known.end(), unit.begin(), unit.end(),
                   [](const Candidate& a, const Candidate* b) {
                     return is_same(a, *b);
                   })) {
      return at->second;
    }
  }
  const auto place = static_cast<std::uint32_t>(units_.size());
  by_hash_.emplace(hash, place);
  Unit& added = units_.emplace_back();
  for (const Candidate* each : unit) added.push_back(without_place(*each));
  return place;
}

void Sightings::merge(Sightings& other) {
  std::vector<std::uint32_t> places;
  std::vector<const Candidate*> unit;
  for (const Unit& each : other.units_) {
    unit.clear();
    for (const Candidate& candidate : each) unit.push_back(&candidate);
    places.push_back(place_of(unit));
  }
  const auto texts = static_cast<std::uint32_t>(texts_.size());
  for (const Sighting& each : other.all_) {
    all_.push_back({places[each.unit], each.text + texts,
                    each.positions + positions_.size()});
  }
  std::move(other.texts_.begin(), other.texts_.end(),
            std::back_inserter(texts_));
  positions_.insert(positions_.end(), other.positions_.begin(),
                    other.positions_.end());
  other = {};
}

}  // namespace overreach
