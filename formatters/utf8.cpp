#include "formatters/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace overreach {
namespace {

struct Range {
  char32_t first, last;
};

constexpr std::array<Range, 7> kControls = {{
    {0x00, 0x1f},
    {0x7f, 0x9f},
    {0x061c, 0x061c},
    {0x200b, 0x200f},
    {0x2028, 0x202e},
    {0x2060, 0x206f},
    {0xfeff, 0xfeff},
}};

constexpr std::array<Range, 9> kWide = {{
    {0x1100, 0x115f},
    {0x2e80, 0xa4cf},
    {0xac00, 0xd7a3},
    {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},
    {0xff00, 0xff60},
    {0xffe0, 0xffe6},
    {0x1f300, 0x1faff},
    {0x20000, 0x3fffd},
}};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t value) {
  return std::any_of(ranges.begin(), ranges.end(), [value](Range range) {
    return range.first <= value && value <= range.last;
  });
}

bool is_combining(char32_t value) { return value >= 0x300 && value <= 0x36f; }

std::string in_hex(std::uint32_t value, std::size_t digits) {
  std::string text;
  while (value != 0 || text.size() < digits) {
    text.insert(text.begin(), "0123456789abcdef"[value & 15]);
    value >>= 4;
  }
  return text;
}

std::string escaped(char32_t value) {
  switch (value) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return value < 0x80 ? "\\x" + in_hex(value, 2)
                          : "\\u{" + in_hex(value, 4) + "}";
  }
}

std::string escaped_byte(char byte) {
  return "\\x" + in_hex(static_cast<unsigned char>(byte), 2);
}

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

// Whether the text begins with what escaped_byte() writes.
bool begins_escape(std::string_view text) {
  return text.size() >= 4 && text.starts_with("\\x") && is_hex_digit(text[2]) &&
         is_hex_digit(text[3]);
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t at) {
  const auto byte = [text](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  constexpr CodePoint kInvalid = {0xfffd, 1, false};
  const char32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xc2 || lead > 0xf4) return kInvalid;
  const std::size_t bytes = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (text.size() - at < bytes) return kInvalid;
  char32_t value = lead & (0x7fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return kInvalid;
    value = (value << 6) | (byte(at + i) & 0x3f);
  }
  constexpr std::array<char32_t, 5> kFirst = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < kFirst[bytes] || value > 0x10ffff || is_surrogate) {
    return kInvalid;
  }
  return {value, bytes, true};
}

bool is_control(char32_t value) { return is_in(kControls, value); }

std::string visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) {
      result += escaped_byte(text[at]);
    } else if (is_control(point.value)) {
      result += escaped(point.value);
    } else {
      result += text.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  return result;
}

std::string escaped_path(std::string_view path) {
  std::string result;
  for (std::size_t at = 0; at < path.size();) {
    const CodePoint point = decode_utf8(path, at);
    if (!point.valid || begins_escape(path.substr(at))) {
      result += escaped_byte(path[at]);
    } else {
      result += path.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  return result;
}

std::string unescaped_path(std::string_view escaped) {
  std::string result;
  for (std::size_t at = 0; at < escaped.size();) {
    if (begins_escape(escaped.substr(at))) {
      const auto byte =
          std::stoul(std::string(escaped.substr(at + 2, 2)), nullptr, 16);
      result += static_cast<char>(byte);
      at += 4;
    } else {
      result += escaped[at++];
    }
  }
  return result;
}

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!is_combining(point.value)) width += is_in(kWide, point.value) ? 2 : 1;
    at += point.bytes;
  }
  return width;
}

std::string shortened(std::string_view text, std::size_t columns) {
  std::size_t characters = 0;
  std::size_t cut = 0;  // where the dots would begin
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters + 3 == columns) cut = at;
    if (characters == columns) return std::string(text.substr(0, cut)) + "...";
    at += decode_utf8(text, at).bytes;
  }
  return std::string(text);
}

}  // namespace overreach
