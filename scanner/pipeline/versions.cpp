#include "scanner/pipeline/versions.h"

#include <algorithm>
#include <queue>

namespace overreach {
namespace {

constexpr std::uint32_t kUnknown = UINT32_MAX;

auto rank_of(const Appearance& appearance,
             const Sightings::Position& position) {
  return std::tuple(appearance.order.value_or(0), position.line,
                    position.column, position.end_line, position.end_column);
}

}  // namespace

std::string_view source_of(HistoryKind kind) {
  switch (kind) {
    case HistoryKind::blob:
      return "history";
    case HistoryKind::message:
      return "message";
    case HistoryKind::name:
      return "name";
    case HistoryKind::settings:
      break;
  }
  return "git";
}

std::size_t Versions::KeyHash::operator()(const Key& key) const {
  const auto& [credential, part, path, kind, text] = key;
  std::size_t hash = credential;
  for (const std::size_t each :
       {reinterpret_cast<std::size_t>(part), std::size_t{path},
        static_cast<std::size_t>(kind), std::size_t{text}}) {
    hash = (hash ^ each) * 0x9e3779b97f4a7c15;
  }
  return hash ^ hash >> 32;
}

std::uint32_t Versions::credential_of(std::uint32_t unit) {
  if (unit >= credentials_.size()) credentials_.resize(unit + 1, kUnknown);
  if (credentials_[unit] == kUnknown) {
    credentials_[unit] =
        identities_
            .emplace(identity_of(sightings_.unit(unit).front()),
                     static_cast<std::uint32_t>(identities_.size()))
            .first->second;
  }
  return credentials_[unit];
}

std::uint32_t Versions::path_of(std::string_view path) {
  return paths_.emplace(path, static_cast<std::uint32_t>(paths_.size()))
      .first->second;
}

std::uint32_t Versions::add_version(const Key& key,
                                    const Sightings::Position& position,
                                    const Sightings::Text& text,
                                    const Appearance& appearance) {
  const auto [at, is_new] =
      by_key_.emplace(key, static_cast<std::uint32_t>(versions_.size()));
  if (is_new) {
    versions_.push_back({&appearance,
                         position,
                         text.key,
                         text.member,
                         text.kind,
                         std::nullopt,
                         {}});
  }
  Version& version = versions_[at->second];
  if (rank_of(appearance, position) <
      rank_of(*version.first, version.position)) {
    version.first = &appearance;
    version.position = position;
  }
  if (appearance.in_head) {
    version.in_head = version.in_head.value_or(false) || *appearance.in_head;
  }
  if (version.numbers.empty() || version.numbers.back() != appearance.number) {
    version.numbers.push_back(appearance.number);
  }
  return at->second;
}

void Versions::add(std::size_t index, const Appearance& appearance) {
  const Sightings::Sighting& sighting = sightings_.all()[index];
  const Sightings::Text& text = sightings_.text(sighting.text);
  const Sightings::Unit& unit = sightings_.unit(sighting.unit);
  const auto positions = sightings_.positions(sighting);
  const bool is_message = text.kind == HistoryKind::message;
  Key key{credential_of(sighting.unit), nullptr, path_of(appearance.path),
          text.kind, is_message ? sighting.text : path_of(text.member)};
  std::vector<std::uint32_t> versions;
  for (std::size_t i = 0; i < unit.size(); ++i) {
    if (i > 0) std::get<const TokenRule*>(key) = unit[i].rule;
    versions.push_back(add_version(key, positions[i], text, appearance));
  }
  const auto [at, is_new] =
      records_.try_emplace({sighting.unit, std::move(versions)},
                           static_cast<std::uint32_t>(records_.size()));
  if (is_new) firsts_.push_back({&appearance, positions[0]});
  First& first = firsts_[at->second];
  if (rank_of(appearance, positions[0]) <
      rank_of(*first.appearance, first.position)) {
    first = {&appearance, positions[0]};
  }
  seen_.emplace_back(static_cast<std::uint32_t>(index), at->second);
}

std::vector<Place> Versions::places(const History& history,
                                    const std::string& prefix) const {
  std::vector<std::vector<std::size_t>> groups;
  for (const Version& version : versions_) groups.push_back(version.numbers);
  const std::vector<Reaching> reaching = history.reaching(groups);
  std::unordered_map<std::size_t, CommitOrigin> origins;  // by number
  std::vector<Place> places;
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    const Version& version = versions_[i];
    const Appearance& first = *version.first;
    const auto [origin, is_new] = origins.try_emplace(first.number);
    if (is_new) origin->second = history.origin_of(first);
    Place& place = places.emplace_back();
    place.path = prefix + first.path;
    place.path += version.member;
    place.line = version.position.line;
    place.column = version.position.column;
    place.end_line = version.position.end_line;
    place.end_column = version.position.end_column;
    if (version.kind == HistoryKind::name) {
      // The name stands at the end of the path.
      const auto shift =
          static_cast<std::uint32_t>(place.path.size() - version.key.size());
      place.column += shift;
      place.end_column += shift;
    }
    place.source = source_of(version.kind);
    place.exposure = Exposure::history;
    place.commit = origin->second.commit;
    place.author = origin->second.author;
    place.date = origin->second.date;
    place.in_head = version.in_head;
    for (const std::uint32_t ref : reaching[i].refs) {
      place.refs.push_back(prefix + history.ref_names()[ref]);
    }
    place.more_refs = reaching[i].more;
  }
  return places;
}

// For each record a sighting.  The text that has most records comes first, then
// the one that has most of the rest, or nearly.
std::vector<std::uint32_t> Versions::few_sightings() const {
  std::vector<std::uint32_t> chosen(firsts_.size(), kUnknown);
  // Places in seen_, by text; texts are counted as they come there.
  std::vector<std::vector<std::size_t>> by_text;
  std::unordered_map<std::uint32_t, std::uint32_t> numbers;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const auto [number, is_new] =
        numbers.emplace(sightings_.all()[seen_[i].first].text,
                        static_cast<std::uint32_t>(by_text.size()));
    if (is_new) by_text.emplace_back();
    by_text[number->second].push_back(i);
  }
  std::priority_queue<std::pair<std::size_t, std::uint32_t>> texts;
  for (std::uint32_t i = 0; i < by_text.size(); ++i) {
    texts.emplace(by_text[i].size(), i);
  }
  while (!texts.empty()) {
    const auto [most, text] = texts.top();
    texts.pop();
    auto& seen = by_text[text];
    std::erase_if(seen, [&](std::size_t i) {
      return chosen[seen_[i].second] != kUnknown;
    });
    if (seen.size() < most) {
      if (!seen.empty()) texts.emplace(seen.size(), text);
      continue;
    }
    for (const std::size_t i : seen) chosen[seen_[i].second] = seen_[i].first;
  }
  return chosen;
}

std::vector<Versions::Placed> Versions::placed(
    const History& history, const std::string& prefix) const {
  const std::vector<Place> all = places(history, prefix);
  std::vector<const std::pair<const Record, std::uint32_t>*> sorted;
  for (const auto& record : records_) sorted.push_back(&record);
  const auto rank = [&](std::uint32_t record) {
    const First& first = firsts_[record];
    return std::tuple_cat(rank_of(*first.appearance, first.position),
                          std::tie(first.appearance->path));
  };
  std::sort(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) {
    return rank(a->second) < rank(b->second);
  });
  std::vector<Placed> placed;
  for (const auto* const each : sorted) {
    const auto& [record, number] = *each;
    placed.push_back({record.first, number, {}});
    for (const std::uint32_t version : record.second) {
      placed.back().places.push_back(all[version]);
    }
  }
  return placed;
}

void append_occurrences(const Sightings::Unit& unit,
                        const std::vector<Place>& places, std::uint32_t& groups,
                        std::vector<Occurrence>& out) {
  const std::uint32_t group = unit.size() > 1 ? ++groups : 0;
  for (std::size_t i = 0; i < unit.size(); ++i) {
    Occurrence& each = out.emplace_back();
    each.candidate = unit[i];
    each.candidate.group = group;
    each.place = places[i];
    each.place.key = each.candidate.key;
  }
}

}  // namespace overreach
