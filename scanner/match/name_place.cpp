#include "scanner/match/name_place.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "scanner/match/assignment_line.h"

namespace overreach {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101u;
constexpr std::uint64_t kHigh = 0x80 * kOnes;
constexpr std::size_t kStep = sizeof(std::uint64_t);

// Eight characters, the first one lowest.
std::uint64_t eight(const char* text) {
  std::uint64_t bytes;
  std::memcpy(&bytes, text, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) {
    bytes = __builtin_bswap64(bytes);
  }
  return bytes;
}

// The highest bit of each byte says whether it lies between the two; the bytes
// are below 128, and so are the sums of each.
constexpr std::uint64_t between(std::uint64_t bytes, unsigned char low,
                                unsigned char high) {
  const std::uint64_t from_low = bytes + (0x80u - low) * kOnes;
  const std::uint64_t above_high = bytes + (0x7fu - high) * kOnes;
  return from_low & ~above_high;
}

// [A-Za-z0-9_] and [A-Za-z0-9_.$-], likewise.
std::uint64_t word_characters(std::uint64_t bytes) {
  const std::uint64_t low = bytes & ~kHigh;
  return (between(low | 0x20 * kOnes, 'a', 'z') | between(low, '0', '9') |
          between(low, '_', '_')) &
         ~bytes & kHigh;
}
std::uint64_t name_characters(std::uint64_t bytes) {
  const std::uint64_t low = bytes & ~kHigh;
  return word_characters(bytes) |
         ((between(low, '-', '.') | between(low, '$', '$')) & ~bytes & kHigh);
}

// Where they end from `from` on, at `limit` at the latest.
template <typename Characters>
std::size_t end_of(std::string_view text, std::size_t from, std::size_t limit,
                   const Characters& characters) {
  for (; from < limit; from += kStep) {
    const std::uint64_t others = ~characters(eight(text.data() + from)) & kHigh;
    if (others == 0) continue;
    from += static_cast<std::size_t>(std::countr_zero(others)) / 8;
    break;
  }
  return std::min(from, limit);
}

// Where those in front of `at` begin, at `limit` at the earliest.
std::size_t begin_of(std::string_view text, std::size_t at, std::size_t limit) {
  for (; at >= limit + kStep; at -= kStep) {
    const std::uint64_t others =
        ~name_characters(eight(text.data() + at - kStep)) & kHigh;
    if (others == 0) continue;
    return at - static_cast<std::size_t>(std::countl_zero(others)) / 8;
  }
  while (at > limit && kNameCharacters.contains(text[at - 1])) --at;
  return at;
}

}  // namespace

NamePlace find_name_place(std::string_view text, std::size_t at) {
  const std::size_t most = std::min(text.size(), at + kMaxName);
  NamePlace place{at, at, at, at};
  place.word_end = end_of(text, at, most, word_characters);
  place.end = place.word_end;
  if (place.end < most && kNameCharacters.contains(text[place.end])) {
    place.end = end_of(text, place.end, most, name_characters);
  }
  place.begin = begin_of(text, at, at > kMaxName ? at - kMaxName : 0);
  return place;
}

}  // namespace overreach
