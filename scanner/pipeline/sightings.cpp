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

// Most units are known: make_unit() is only asked for one that is new.
template <typename MakeUnit>
std::uint32_t Sightings::place_of(std::span<const Candidate* const> candidates,
                                  const MakeUnit& make_unit) {
  std::size_t hash = candidates.size();
  for (const Candidate* each : candidates) {
    hash = hash * 1000003 + hash_of(*each);
  }
  const auto [first, last] = by_hash_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const Unit& known = units_[at->second];
    if (std::equal(known.begin(), known.end(), candidates.begin(),
                   candidates.end(),
                   [](const Candidate& a, const Candidate* b) {
                     return is_same(a, *b);
                   })) {
      return at->second;
    }
  }
  const auto place = static_cast<std::uint32_t>(units_.size());
  by_hash_.emplace(hash, place);
  units_.push_back(make_unit());
  return place;
}

void Sightings::add(HistoryKind kind, std::string_view key,
                    std::string_view path, std::span<const Occurrence> found) {
  while (!found.empty()) {
    const std::string& whole = found.front().place.path;
    const auto end = std::find_if(
        found.begin(), found.end(),
        [&](const Occurrence& each) { return each.place.path != whole; });
    const auto count = static_cast<std::size_t>(end - found.begin());
    add_text({kind, std::string(key), std::string(path),
              whole.substr(std::min(path.size(), whole.size()))},
             found.first(count));
    found = found.subspan(count);
  }
}

void Sightings::add_text(Text added, std::span<const Occurrence> found) {
  const auto text = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(std::move(added));
  std::vector<const Candidate*> candidates;
  const auto copied = [&] {
    Unit unit;
    for (const Candidate* each : candidates) {
      unit.push_back(without_place(*each));
    }
    return unit;
  };
  for (const Occurrence& leader : found) {
    if (!leader.candidate.leads) continue;
    const std::size_t first = positions_.size();
    candidates.assign(1, &leader.candidate);
    positions_.push_back(position_of(leader.place));
    for (const Occurrence& part : found) {
      if (part.candidate.leads || part.candidate.group == 0 ||
          part.candidate.group != leader.candidate.group) {
        continue;
      }
      candidates.push_back(&part.candidate);
      positions_.push_back(position_of(part.place));
    }
    all_.push_back({place_of(candidates, copied), text, first});
  }
}

void Sightings::merge(Sightings& other) {
  std::vector<std::uint32_t> places;
  std::vector<const Candidate*> candidates;
  for (Unit& unit : other.units_) {
    candidates.clear();
    for (const Candidate& each : unit) candidates.push_back(&each);
    places.push_back(place_of(candidates, [&] { return std::move(unit); }));
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
