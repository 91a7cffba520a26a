// A token's form as facts: literal text and stretches of an alphabet, in
// order.  One shape gives the matcher, the prefilter and generated examples.
// The grammar of its text form is in rules/README.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace overreach {

// A set of ASCII characters.
class CharSet {
 public:
  constexpr void add(unsigned char c) {
    if (c < 128) bits_[c >> 6] |= std::uint64_t{1} << (c & 63);
  }
  constexpr void add(const CharSet& other) {
    bits_[0] |= other.bits_[0];
    bits_[1] |= other.bits_[1];
  }
  constexpr bool contains(char character) const {
    const auto c = static_cast<unsigned char>(character);
    return c < 128 && ((bits_[c >> 6] >> (c & 63)) & 1);
  }
  // Whether a character is in both.
  constexpr bool meets(const CharSet& other) const {
    return ((bits_[0] & other.bits_[0]) | (bits_[1] & other.bits_[1])) != 0;
  }
  constexpr bool empty() const { return (bits_[0] | bits_[1]) == 0; }

  // Low 64 characters, then high 64: for storing.
  std::array<std::uint64_t, 2>& bits() { return bits_; }

  friend constexpr bool operator==(const CharSet&, const CharSet&) = default;

 private:
  std::array<std::uint64_t, 2> bits_{};
};

// "A-Za-z0-9_-": ranges and characters, '-' last.
constexpr CharSet char_set(std::string_view ranges) {
  CharSet set;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (i + 2 < ranges.size() && ranges[i + 1] == '-') {
      const unsigned last = static_cast<unsigned char>(ranges[i + 2]);
      for (unsigned c = static_cast<unsigned char>(ranges[i]); c <= last; ++c) {
        set.add(static_cast<unsigned char>(c));
      }
      i += 2;
    } else {
      set.add(static_cast<unsigned char>(ranges[i]));
    }
  }
  return set;
}

inline constexpr CharSet kAlnum = char_set("A-Za-z0-9");
inline constexpr std::uint32_t kNoMaximum = 0xffffffff;

struct Element {
  enum class Kind : std::uint8_t { literal, one_of, chars, uuid, optional };
  Kind kind = Kind::literal;
  std::string_view capture;  // name of the fact its text becomes, or empty
  std::string_view literal;  // literal
  std::vector<std::string_view> options;  // one_of
  CharSet set;                            // chars
  std::uint32_t min = 0, max = 0;         // chars; max may be kNoMaximum
  std::vector<Element> inner;             // optional
};

using Shape = std::vector<Element>;

using Captures =
    std::vector<std::pair<std::string_view, std::string_view>>;  // name, text

struct ShapeMatch {
  std::size_t end = 0;  // just behind the last byte
  Captures captures;    // views into the rule and the text
};

// Matches the shape at exactly `start`, longest first.  The match ends where
// the last element cannot go on.  Time is bounded: a shape that needs too many
// attempts on hostile text does not match.
std::optional<ShapeMatch> match_shape(const Shape& shape, std::string_view text,
                                      std::size_t start);

// Bytes of the shortest and longest text the shape takes.
std::size_t min_length(const Shape& shape);
std::size_t max_length(const Shape& shape);

}  // namespace overreach
