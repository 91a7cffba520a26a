// What is found in the texts of a history, in little memory.  The versions of a
// file have the same secrets again and again: what is known of each is kept
// once, and of where it was seen a few numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/history/history.h"
#include "scanner/match/match.h"
#include "scanner/pipeline/credentials.h"

namespace overreach {

class Sightings {
 public:
  // A candidate that leads a credential, and behind it those that belong to it.
  // Where they stand is not said here.
  using Unit = std::vector<Candidate>;

  struct Position {
    std::uint32_t line, column, end_line, end_column;
  };
  struct Text {
    HistoryKind kind;
    std::string key;     // as in HistoryText
    std::string path;    // that it was read as
    std::string member;  // of the archive that it is, from '!' on; or nothing
  };
  struct Sighting {
    std::uint32_t unit, text;
    std::size_t positions;  // of the first of the unit
  };

  // All that was found in one text, which was read as `path`; in any order, but
  // each member of an archive for itself.
  void add(HistoryKind kind, std::string_view key, std::string_view path,
           std::span<const Occurrence> found);
  // Leaves the other one empty.
  void merge(Sightings& other);

  // In the order in which they were added; those of one text are neighbours,
  // and so are those of one key.
  const std::vector<Sighting>& all() const { return all_; }
  const Unit& unit(std::size_t index) const { return units_[index]; }
  std::size_t unit_count() const { return units_.size(); }
  const Text& text(std::size_t index) const { return texts_[index]; }
  std::span<const Position> positions(const Sighting& sighting) const {
    return std::span(positions_)
        .subspan(sighting.positions, units_[sighting.unit].size());
  }

 private:
  void add_text(Text text, std::span<const Occurrence> found);
  template <typename MakeUnit>
  std::uint32_t place_of(std::span<const Candidate* const> candidates,
                         const MakeUnit& make_unit);

  std::vector<Unit> units_;
  std::unordered_multimap<std::size_t, std::uint32_t> by_hash_;
  std::deque<Text> texts_;  // they stay where they are
  std::vector<Sighting> all_;
  std::vector<Position> positions_;
};

}  // namespace overreach
