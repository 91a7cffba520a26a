// Bytes of a file -> UTF-8 text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace overreach {

enum class Encoding : std::uint8_t {
  bytes,  // UTF-8, Latin-1 or any other superset of ASCII: read as it is
  utf16_le,
  utf16_be,
  utf32_le,
  utf32_be,
  binary,
};

// By the byte-order mark, else by where the zero bytes are in the first 8 KiB.
Encoding detect_encoding(std::string_view bytes);

// UTF-16 and UTF-32 as UTF-8, without a byte-order mark.  What is no character
// becomes U+FFFD; an odd end is dropped.
std::string to_utf8(std::string_view bytes, Encoding encoding);

// The same with the encoding found by detect_encoding(); nothing for text that
// needs no change and for binary content.
std::optional<std::string> to_utf8(std::string_view bytes);

}  // namespace overreach
