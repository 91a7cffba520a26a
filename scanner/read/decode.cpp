#include "scanner/read/decode.h"

#include <algorithm>

namespace overreach {
namespace {

constexpr std::size_t kSniffBytes = 8192;
constexpr std::uint32_t kReplacement = 0xfffd;

void append_utf8(std::uint32_t c, std::string& out) {
  if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) c = kReplacement;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

// One code unit of `width` bytes.
std::uint32_t unit(std::string_view bytes, std::size_t at, std::size_t width,
                   bool little) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const std::size_t from = little ? at + width - 1 - i : at + i;
    value = value << 8 | static_cast<unsigned char>(bytes[from]);
  }
  return value;
}

std::string from_utf16(std::string_view bytes, bool little) {
  std::string out;
  out.reserve(bytes.size() / 2 + 64);
  for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
    std::uint32_t c = unit(bytes, at, 2, little);
    if (c >= 0xd800 && c < 0xdc00 && at + 4 <= bytes.size()) {
      const std::uint32_t low = unit(bytes, at + 2, 2, little);
      if (low >= 0xdc00 && low < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        at += 2;
      }
    }
    if (c != 0xfeff || at > 0) append_utf8(c, out);
  }
  return out;
}

std::string from_utf32(std::string_view bytes, bool little) {
  std::string out;
  out.reserve(bytes.size() / 4 + 64);
  for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
    const std::uint32_t c = unit(bytes, at, 4, little);
    if (c != 0xfeff || at > 0) append_utf8(c, out);
  }
  return out;
}

// Text in UTF-16 has a zero in nearly every second byte, and only there.
Encoding by_zeros(std::string_view head) {
  std::size_t zeros[4] = {};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 4] += head[i] == '\0';
  const std::size_t quarter = std::max<std::size_t>(head.size() / 4, 1);
  const auto mostly = [&](std::size_t i) {
    return zeros[i] * 10 >= quarter * 8;
  };
  const auto never = [&](std::size_t i) { return zeros[i] * 50 <= quarter; };
  if (mostly(1) && mostly(2) && mostly(3) && never(0)) {
    return Encoding::utf32_le;
  }
  if (mostly(0) && mostly(1) && mostly(2) && never(3)) {
    return Encoding::utf32_be;
  }
  if (mostly(1) && mostly(3) && never(0) && never(2)) return Encoding::utf16_le;
  if (mostly(0) && mostly(2) && never(1) && never(3)) return Encoding::utf16_be;
  return Encoding::binary;
}

}  // namespace

Encoding detect_encoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xff\xfe\0\0"sv)) return Encoding::utf32_le;
  if (bytes.starts_with("\0\0\xfe\xff"sv)) return Encoding::utf32_be;
  if (bytes.starts_with("\xff\xfe"sv)) return Encoding::utf16_le;
  if (bytes.starts_with("\xfe\xff"sv)) return Encoding::utf16_be;
  const std::string_view head = bytes.substr(0, kSniffBytes);
  if (head.find('\0') == head.npos) return Encoding::bytes;
  if (head.size() < 4) return Encoding::binary;
  return by_zeros(head.substr(0, head.size() / 4 * 4));
}

std::string to_utf8(std::string_view bytes, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16_le:
      return from_utf16(bytes, true);
    case Encoding::utf16_be:
      return from_utf16(bytes, false);
    case Encoding::utf32_le:
      return from_utf32(bytes, true);
    case Encoding::utf32_be:
      return from_utf32(bytes, false);
    default:
      return std::string(bytes);
  }
}

std::optional<std::string> to_utf8(std::string_view bytes) {
  const Encoding encoding = detect_encoding(bytes);
  if (encoding == Encoding::bytes || encoding == Encoding::binary) {
    return std::nullopt;
  }
  return to_utf8(bytes, encoding);
}

}  // namespace overreach
