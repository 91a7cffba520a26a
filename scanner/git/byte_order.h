// Numbers of Git's binary formats: most significant byte first, but for those
// in deltas.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace overreach {

static_assert(std::endian::native == std::endian::little);

inline std::uint32_t big_endian_32(const char* bytes) {
  std::uint32_t value;
  std::memcpy(&value, bytes, sizeof value);
  return __builtin_bswap32(value);
}

inline std::uint64_t big_endian_64(const char* bytes) {
  std::uint64_t value;
  std::memcpy(&value, bytes, sizeof value);
  return __builtin_bswap64(value);
}

inline std::uint64_t little_endian_64(const char* bytes) {
  std::uint64_t value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

}  // namespace overreach
