// Which shapes can begin at a place inside a run.  A run is looked at once;
// what a place costs does not depend on the number of rules:
//
//   prefix   the shape begins with at least three characters of its own, some
//            of which may be one of several: looked up by those three
//   behind   a fixed piece that ends in a character outside of runs stands
//            before the run ("AstraCS:"): by that character
//   inside   no beginning of its own, but a fixed piece at a fixed distance
//            (Azure keys, ".atlasv1."): a short list, for long runs only
//   loose    no fixed piece: only with words of the provider around, and only
//            in runs that look generated
//
// Const use from any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/rule.h"
#include "scanner/core/shape.h"
#include "scanner/match/finding.h"
#include "scanner/match/runs.h"

namespace overreach {

class ShapeIndex {
 public:
  explicit ShapeIndex(const RuleSet& rules);
  ShapeIndex(const ShapeIndex&) = delete;
  ShapeIndex& operator=(const ShapeIndex&) = delete;

  // A rule that may match with its shape beginning at `begin`.
  struct Start {
    std::uint32_t rule;
    std::size_t begin;
  };

  // Shapes whose fixed beginning stands at `at`.  REQUIRES: four readable
  // bytes from `at`.
  bool may_begin(const char* at) const {
    const std::size_t slot = hash(at);
    return seen_[slot / 64] >> slot % 64 & 1;
  }
  void add_prefixed(std::string_view text, std::size_t at,
                    std::vector<Start>& out) const;

  // Shapes with a fixed piece before the run that begins at `run`.
  void add_behind(std::string_view text, std::size_t run,
                  std::vector<Start>& out) const;

  // Before a run: something may begin that its own beginning does not show.
  bool is_special_before(char before) const {
    return special_before_[static_cast<unsigned char>(before)];
  }

  // For the pass that finds runs: starts of what add_prefixed() knows, and runs
  // behind what is special or may name them.
  const RunTables& run_tables() const { return run_tables_; }

  // Shapes with a fixed piece inside, if they began at `at`; `length` is what
  // is left of the run, `gap` how far the next of kGaps is, or further.
  void add_inside(std::string_view text, std::size_t at, std::size_t length,
                  std::size_t gap, std::vector<Start>& out) const;
  std::size_t shortest_inside() const { return shortest_inside_; }

  bool is_loose(std::uint32_t rule) const { return loose_[rule]; }

 private:
  // The first characters of a piece, at most four, in one number: what stands
  // in a text is compared with them in two instructions.
  class Front {
   public:
    Front() = default;  // fits everything
    explicit Front(std::string_view piece);
    // REQUIRES: four readable bytes.
    bool fits(const char* text) const { return (four(text) & mask_) == front_; }

   private:
    std::uint32_t front_ = 0, mask_ = 0;
  };
  static std::uint32_t four(const char* text) {
    std::uint32_t bytes;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes;
  }

  // Of three characters, in the order they have in memory.
  std::size_t hash(const char* text) const {
    constexpr std::uint32_t kThree =
        std::endian::native == std::endian::little ? 0x00ffffff : 0xffffff00;
    return ((four(text) & kThree) * 0x9E3779B1u) >> hash_shift_;
  }

  struct Prefix {
    std::size_t hash = 0;    // of the three characters looked up
    std::string_view piece;  // the whole fixed piece
    Front front;
    std::uint32_t offset;  // of those characters in `piece`
    std::uint32_t rule;
  };
  struct Behind {
    std::uint32_t rule;
    std::string_view piece;     // ends right before the run
    Front end;                  // of its last characters
    std::uint32_t least, most;  // from the shape's start to the run
    CharSet before;             // what stands between the two
  };
  struct Inside {
    std::uint32_t rule;
    std::string_view piece;
    Front front;
    std::uint32_t offset;
    std::uint32_t min_length;
    bool needs_stretch;
  };
  struct InsideGroup;
  void add_inside(const std::vector<InsideGroup>& groups, std::string_view text,
                  std::size_t at, std::size_t length,
                  std::vector<Start>& out) const;

  void add(std::uint32_t index, const TokenRule& rule);
  // `ahead`: characters of the same run that surely follow the piece.
  bool add_prefix(std::uint32_t index, std::string_view piece,
                  std::size_t ahead);
  bool add_leading(std::uint32_t index, const Shape& shape, std::size_t from);
  using Pieces = std::vector<std::string_view>;
  bool add_options(std::uint32_t index, const Pieces& options,
                   std::size_t ahead);
  Pieces joined(const Element& first, const Element& second);
  bool add_inner(std::uint32_t index, const Shape& shape);

  void make_run_tables();

  void group_inside();
  void index_prefixes();
  // Where those with this hash begin in prefixes_.  REQUIRES: there are some.
  std::size_t first_with(std::size_t hash) const;

  // A bit per hash; how many are set in the blocks before; and of each that is
  // set the index of its first prefix.  Of so many bits that few are set; no
  // more, so that they stay in the nearest cache.
  int hash_shift_ = 17;
  std::vector<std::uint64_t> seen_;
  std::vector<std::uint32_t> seen_before_;
  std::vector<std::uint32_t> first_;
  std::vector<Prefix> prefixes_;    // by hash
  std::deque<std::string> joined_;  // pieces of two elements: "SUA" of S{UA|UB}
  RunTables run_tables_;
  std::array<std::vector<Behind>, 128> behind_;
  std::array<bool, 256> special_before_{};
  std::vector<Inside> inside_;  // by needs_stretch, min_length and offset
  std::size_t shortest_inside_ = kNoMaximum;
  // Neighbours with the same two, and what their pieces begin with.
  struct InsideGroup {
    std::uint32_t offset, min_length;
    CharSet firsts;
    std::size_t begin, end;
  };
  // Of the shapes that may have one of kGaps among their first kStretch
  // characters, and of those that have none: few identifiers are like that.
  std::vector<InsideGroup> inside_groups_, stretch_groups_;
  std::vector<bool> loose_;
};

// Characters behind which a value stands that has a name: "name": value.
inline constexpr CharSet kBeforeNamed = char_set("\"':`");

inline constexpr CharSet kRunCharacters = char_set("A-Za-z0-9_+/=.~-");
inline constexpr CharSet kSeparators = char_set("_+/=.~-");

// What parts the words of identifiers, and no Base64.
inline constexpr CharSet kGaps = char_set("_.-");
inline constexpr std::size_t kStretch = 32;

// Whether a token can have this character in a run.
inline bool is_run_character(char c) { return kRunCharacters.contains(c); }
// Whether a token may begin behind it inside a run.
inline bool is_separator(char c) { return kSeparators.contains(c); }

}  // namespace overreach
