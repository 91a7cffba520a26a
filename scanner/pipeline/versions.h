// The versions of a file in a history that have the same secret, as one place:
// the version that brought it is told, and what HEAD and the refs have of any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
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

class Versions {
 public:
  // Keeps a reference to `sightings`, which may grow.
  explicit Versions(const Sightings& sightings) : sightings_(sightings) {}

  // That something was seen in a text which appears there.  Keeps a reference
  // to the appearance.
  void add(const Sightings::Sighting& sighting, const Appearance& appearance);

  // What to_credentials() takes.  `prefix` is put before paths and names of
  // refs; `groups` counts the groups of candidates of a scan.
  std::vector<Occurrence> occurrences(const History& history,
                                      const std::string& prefix,
                                      std::uint32_t& groups) const;

 private:
  // Of one credential, or a part of it, at one path.  Each message stands
  // alone.
  struct Version {
    const Appearance* first;
    Sightings::Position position;
    std::string_view name;  // that was read, of a file's name
    HistoryKind kind;
    std::optional<bool> in_head;
    std::vector<std::size_t> numbers;  // of appearances
  };
  // Credential, rule of the part, path, kind, text of a message.
  using Key = std::tuple<std::uint32_t, const TokenRule*, std::uint32_t,
                         HistoryKind, std::uint32_t>;
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };

  std::uint32_t credential_of(std::uint32_t unit);
  std::uint32_t path_of(const std::string& path);
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
  // The versions that a unit and its parts stand in, each once.
  std::set<std::pair<std::uint32_t, std::vector<std::uint32_t>>> units_;
};

}  // namespace overreach
