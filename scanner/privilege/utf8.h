// Whether bytes are UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overreach {

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
inline bool is_utf8(std::string_view bytes) {
  const auto at = [&](std::size_t i) {
    return i < bytes.size() ? static_cast<std::uint8_t>(bytes[i])
                            : std::uint8_t{0};
  };
  constexpr std::uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  for (std::size_t i = 0; i < bytes.size();) {
    const std::uint8_t lead = at(i++);
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xf4) return false;
    const int more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    std::uint32_t point = lead & (0x3fu >> more);
    for (int k = 0; k < more; ++k, ++i) {
      if ((at(i) & 0xc0) != 0x80) return false;
      point = point << 6 | (at(i) & 0x3fu);
    }
    const bool is_surrogate = point >= 0xd800 && point < 0xe000;
    if (point < kLeast[more] || point > 0x10ffff || is_surrogate) return false;
  }
  return true;
}

}  // namespace overreach
