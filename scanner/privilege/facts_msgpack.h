// A small reader of MessagePack for untrusted bytes: the whole value as a
// tree, with bounds on its size and depth.  No floats, no extension types.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace overreach {

struct Packed {
  enum class Kind : std::uint8_t { nothing, number, text, list, map };
  Kind kind = Kind::nothing;
  std::uint64_t number = 0;   // booleans are 0 and 1
  std::string_view text;      // texts and binary; a view into the bytes
  std::vector<Packed> items;  // a map's keys and values in turn
};

// Nothing unless `bytes` are exactly one value of at most 16 levels and 4096
// parts.
std::optional<Packed> parse_packed(std::string_view bytes);

}  // namespace overreach
