// Numbers of seven bits a byte, the lowest first; small ones are short
// (LEB128).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace overreach {

inline void append_leb128(std::uint64_t value, std::string& bytes) {
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  bytes += static_cast<char>(value);
}

// REQUIRES: one of ours stands there; nothing is checked.
inline std::uint64_t take_leb128(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return value;
  }
}

}  // namespace overreach
