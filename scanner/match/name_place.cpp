#include "scanner/match/name_place.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "scanner/base/eight_bytes.h"

namespace overreach {
namespace {

constexpr std::size_t kStep = sizeof(std::uint64_t);

// The highest bits of [A-Za-z0-9_] and of [A-Za-z0-9_.$-].
std::uint64_t word_characters(std::uint64_t bytes) {
  const std::uint64_t low = bytes & ~kHighBits;
  return (between(low | 0x20 * kOnePerByte, 'a', 'z') | between(low, '0', '9') |
          between(low, '_', '_')) &
         ~bytes & kHighBits;
}
std::uint64_t name_characters(std::uint64_t bytes) {
  const std::uint64_t low = bytes & ~kHighBits;
  return word_characters(bytes) |
         ((between(low, '-', '.') | between(low, '$', '$')) & ~bytes &
          kHighBits);
}

// Where they end from `from` on, at `limit` at the latest.
template <typename Characters>
std::size_t end_of(std::string_view text, std::size_t from, std::size_t limit,
                   const Characters& characters) {
  for (; from < limit; from += kStep) {
    const std::uint64_t others =
        ~characters(eight_bytes(text.data() + from)) & kHighBits;
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
        ~name_characters(eight_bytes(text.data() + at - kStep)) & kHighBits;
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
