// Which shapes can begin at a place inside a run.  A run is looked at once;
// what a place costs does not depend on the number of rules:
//
//   prefix   the shape begins with at least three characters of its own:
//            looked up by those three
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
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/core/rule.h"
#include "scanner/match/finding.h"

namespace overreach {

class ShapeIndex {
 public:
  explicit ShapeIndex(const RuleSet& rules);

  // A rule that may match with its shape beginning at `begin`.
  struct Start {
    std::uint32_t rule;
    std::size_t begin;
  };

  // Shapes whose fixed beginning stands at `at`.  REQUIRES: three readable
  // bytes from `at`.
  bool may_begin(const char* at) const { return seen_.test(hash(at)); }
  void add_prefixed(std::string_view text, std::size_t at,
                    std::vector<Start>& out) const;

  // Shapes with a fixed piece before the run that begins at `run`.
  void add_behind(std::string_view text, std::size_t run,
                  std::vector<Start>& out) const;
  bool any_behind(char before) const {
    return !behind_[static_cast<unsigned char>(before) & 127].empty();
  }

  // Before a run: something may begin that its own beginning does not show.
  bool is_special_before(char before) const {
    return special_before_[static_cast<unsigned char>(before)];
  }

  // Shapes with a fixed piece inside, if they began at `at`; `length` is what
  // is left of the run.
  void add_inside(std::string_view text, std::size_t at, std::size_t length,
                  std::vector<Start>& out) const;
  std::size_t shortest_inside() const { return shortest_inside_; }

  bool is_loose(std::uint32_t rule) const { return loose_[rule]; }

 private:
  static constexpr std::size_t kHashBits = 15;
  static std::size_t hash(const char* p) {
    const auto byte = [p](int i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(p[i]));
    };
    return ((byte(0) | byte(1) << 8 | byte(2) << 16) * 0x9E3779B1u) >>
           (32 - kHashBits);
  }

  struct Prefix {
    std::array<char, 3> key;  // the three characters looked up
    std::string_view piece;   // the whole fixed piece
    std::uint32_t offset;     // of `key` in `piece`
    std::uint32_t rule;
  };
  struct Behind {
    std::uint32_t rule;
    std::string_view piece;     // ends right before the run
    std::uint32_t least, most;  // from the shape's start to the run
  };
  struct Inside {
    std::uint32_t rule;
    std::string_view piece;
    std::uint32_t offset;
    std::uint32_t min_length;
  };

  void add(std::uint32_t index, const TokenRule& rule);
  // `ahead`: characters of the same run that surely follow the piece.
  bool add_prefix(std::uint32_t index, std::string_view piece,
                  std::size_t ahead);
  bool add_leading(std::uint32_t index, const Shape& shape, std::size_t from);
  bool add_inner(std::uint32_t index, const Shape& shape);

  std::bitset<1u << kHashBits> seen_;
  std::vector<Prefix> prefixes_;  // sorted by key
  std::array<std::vector<Behind>, 128> behind_;
  std::array<bool, 256> special_before_{};
  std::vector<Inside> inside_;
  std::vector<bool> loose_;
  std::size_t shortest_inside_ = ~std::size_t{0};
};

// Whether a token can have this character in a run.
bool is_run_character(char c);
// Whether a token may begin behind it inside a run.
bool is_separator(char c);

}  // namespace overreach
