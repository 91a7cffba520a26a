// The versions of a file in a history that have the same secret, as one place:
// the version that brought it is told, and what HEAD and the refs have of any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scanner/history/history.h"
#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/sightings.h"

namespace overreach {

// Place::source of what is read from a history.
std::string_view source_of(HistoryKind kind);

// Of a unit what to_credentials() takes; `groups` counts the groups of
// candidates of a scan.
void append_occurrences(const Sightings::Unit& unit,
                        const std::vector<Place>& places, std::uint32_t& groups,
                        std::vector<Occurrence>& out);

class Versions {
 public:
  // Keeps a reference to `sightings`, which may grow.
  explicit Versions(const Sightings& sightings) : sightings_(sightings) {}

  // That a sighting, by its place in all(), is of a text which appears there.
  // Keeps a reference to the appearance.
  void add(std::size_t sighting, const Appearance& appearance);

  // A unit at one path, with the place of each of its candidates.
  struct Placed {
    std::uint32_t unit, record;
    std::vector<Place> places;
  };
  // `prefix` is put before paths and names of refs.  In the same order for any
  // order of adding.
  std::vector<Placed> placed(const History& history,
                             const std::string& prefix) const;
  // By record a sighting where it can be seen again; few texts have all of
  // them.
  std::vector<std::uint32_t> few_sightings() const;

 private:
  // Of one credential, or a part of it, at one path.  Each message stands
  // alone.
  struct Version {
    const Appearance* first;
    Sightings::Position position;
    std::string_view key;     // of the text: of a file's name it
    std::string_view member;  // of the archive that the text is
    HistoryKind kind;
    std::optional<bool> in_head;
    std::vector<std::size_t> numbers;  // of appearances
  };
  // Credential, rule of the part, path, kind, text of a message or member of an
  // archive.
  using Key = std::tuple<std::uint32_t, const TokenRule*, std::uint32_t,
                         HistoryKind, std::uint32_t>;
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };

  std::uint32_t credential_of(std::uint32_t unit);
  std::uint32_t path_of(std::string_view path);
  std::uint32_t add_version(const Key& key, const Sightings::Position& position,
                            const Sightings::Text& text,
                            const Appearance& appearance);
  std::vector<Place> places(const History& history,
                            const std::string& prefix) const;

  const Sightings& sightings_;
  std::vector<std::uint32_t> credentials_;  // by unit
  std::map<std::string, std::uint32_t, std::less<>> identities_;
  std::unordered_map<std::string_view, std::uint32_t> paths_;
  std::unordered_map<Key, std::uint32_t, KeyHash> by_key_;
  std::vector<Version> versions_;
  // The versions that a unit and its parts stand in, each once, and the first
  // of them that has just this unit.
  using Record = std::pair<std::uint32_t, std::vector<std::uint32_t>>;
  struct First {
    const Appearance* appearance;
    Sightings::Position position;
  };
  std::map<Record, std::uint32_t> records_;
  std::vector<First> firsts_;  // by record
  // Each sighting and a record that it is of.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> seen_;
};

}  // namespace overreach
