#include "scanner/syntax/unescape.h"

#include <algorithm>
#include <cstdint>

#include "scanner/base/text.h"

namespace overreach {
namespace {

void append_utf8(std::string& text, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) {
    text += static_cast<char>(value);
  };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xc0 | code >> 6);
    byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    byte(0xe0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  } else if (code < 0x110000) {
    byte(0xf0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3f));
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  }
}

// At most `digits` hexadecimal digits from `at` on, which moves behind them.
std::uint32_t read_hex(std::string_view text, std::size_t& at,
                       std::size_t digits) {
  std::uint32_t code = 0;
  for (; digits > 0 && at < text.size(); --digits, ++at) {
    const int digit = hex_value(text[at]);
    if (digit < 0) break;
    code = code << 4 | static_cast<std::uint32_t>(digit);
  }
  return code;
}

}  // namespace

std::string unescape(std::string_view text) {
  std::string value;
  value.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      value += text[at++];
      continue;
    }
    const char c = text[at + 1];
    at += 2;
    switch (c) {
      case 'n':
        value += '\n';
        break;
      case 't':
        value += '\t';
        break;
      case 'r':
        value += '\r';
        break;
      case '0':
        value += '\0';
        break;
      case '\n':
        break;
      case 'x':
        append_utf8(value, read_hex(text, at, 2));
        break;
      case 'U':
        append_utf8(value, read_hex(text, at, 8));
        break;
      case 'u':
        if (at < text.size() && text[at] == '{') {
          append_utf8(value, read_hex(text, ++at, 6));
          if (at < text.size() && text[at] == '}') ++at;
        } else {
          append_utf8(value, read_hex(text, at, 4));
        }
        break;
      default:
        value += c;
    }
  }
  return value;
}

}  // namespace overreach
