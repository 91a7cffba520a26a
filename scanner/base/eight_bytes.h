// Eight characters in one number: told apart all at once, where a loop would
// end at a place that no processor predicts.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace overreach {

inline constexpr std::uint64_t kOnePerByte = 0x0101010101010101u;
inline constexpr std::uint64_t kHighBits = 0x80 * kOnePerByte;

// The first one lowest.
inline std::uint64_t eight_bytes(const void* text) {
  std::uint64_t bytes;
  std::memcpy(&bytes, text, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) {
    bytes = __builtin_bswap64(bytes);
  }
  return bytes;
}

// The highest bit of each byte says whether it lies between the two; the others
// say nothing.  REQUIRES: all below 128.
constexpr std::uint64_t between(std::uint64_t bytes, unsigned char low,
                                unsigned char high) {
  const std::uint64_t from_low = bytes + (0x80u - low) * kOnePerByte;
  const std::uint64_t above_high = bytes + (0x7fu - high) * kOnePerByte;
  return from_low & ~above_high;
}

}  // namespace overreach
