#include "scanner/read/decode.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace overreach {
namespace {

// One code point in an encoding.
std::string unit(std::uint32_t c, std::size_t width, bool little) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) {
    const std::size_t shift = 8 * (little ? i : width - 1 - i);
    bytes += static_cast<char>(c >> shift & 0xff);
  }
  return bytes;
}

std::string encoded(std::u32string_view text, Encoding encoding, bool mark) {
  const bool wide =
      encoding == Encoding::utf32_le || encoding == Encoding::utf32_be;
  const bool little =
      encoding == Encoding::utf16_le || encoding == Encoding::utf32_le;
  const std::size_t width = wide ? 4 : 2;
  std::string bytes = mark ? unit(0xfeff, width, little) : "";
  for (const char32_t c : text) {
    if (!wide && c >= 0x10000) {
      bytes += unit(0xd800 + ((c - 0x10000) >> 10), 2, little);
      bytes += unit(0xdc00 + ((c - 0x10000) & 0x3ff), 2, little);
    } else {
      bytes += unit(c, width, little);
    }
  }
  return bytes;
}

constexpr Encoding kWide[] = {Encoding::utf16_le, Encoding::utf16_be,
                              Encoding::utf32_le, Encoding::utf32_be};

TEST(Decode, WithAndWithoutMark) {
  for (const Encoding encoding : kWide) {
    for (const bool mark : {false, true}) {
      const std::string bytes =
          encoded(U"password = \"Harbour2381\"\n", encoding, mark);
      EXPECT_EQ(detect_encoding(bytes), encoding);
      EXPECT_EQ(to_utf8(bytes).value_or("-"), "password = \"Harbour2381\"\n");
    }
  }
}

TEST(Decode, BeyondAscii) {
  for (const Encoding encoding : kWide) {
    EXPECT_EQ(to_utf8(encoded(U"ä€\U0001F511", encoding, true), encoding),
              "\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x91");
  }
}

TEST(Decode, WhatIsNoCharacter) {
  constexpr std::string_view kReplaced = "\xef\xbf\xbd";
  EXPECT_EQ(to_utf8(unit(0xd800, 2, true), Encoding::utf16_le), kReplaced);
  EXPECT_EQ(
      to_utf8(unit(0xdc00, 2, true) + unit('a', 2, true), Encoding::utf16_le),
      std::string(kReplaced) + "a");
  EXPECT_EQ(
      to_utf8(unit(0xd800, 2, true) + unit('a', 2, true), Encoding::utf16_le),
      std::string(kReplaced) + "a");
  EXPECT_EQ(to_utf8(unit(0x110000, 4, true), Encoding::utf32_le), kReplaced);
  EXPECT_EQ(to_utf8(unit(0xffffffff, 4, false), Encoding::utf32_be), kReplaced);
}

TEST(Decode, AnOddEndIsDropped) {
  for (const Encoding encoding : kWide) {
    const std::string whole = encoded(U"abcd", encoding, false);
    const std::size_t width = whole.size() / 4;
    for (std::size_t cut = 1; cut < width; ++cut) {
      EXPECT_EQ(to_utf8(std::string_view(whole).substr(0, whole.size() - cut),
                        encoding),
                "abc");
    }
    EXPECT_EQ(to_utf8("", encoding), "");
  }
}

TEST(DetectEncoding, BytesAndBinary) {
  using namespace std::string_literals;
  EXPECT_EQ(detect_encoding(""), Encoding::bytes);
  EXPECT_EQ(detect_encoding("text\r\n"), Encoding::bytes);
  EXPECT_EQ(detect_encoding("\xef\xbb\xbftext"), Encoding::bytes);
  EXPECT_EQ(detect_encoding("caf\xe9 cr\xe8me"), Encoding::bytes);  // Latin-1
  EXPECT_EQ(detect_encoding("\xc3\xa4"), Encoding::bytes);
  EXPECT_EQ(detect_encoding("\x7f"
                            "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0>\0"s),
            Encoding::binary);
  EXPECT_EQ(detect_encoding("text with a zero\0in it, more text"s),
            Encoding::binary);
  EXPECT_FALSE(to_utf8("text").has_value());
  EXPECT_FALSE(to_utf8("\x7f"
                       "ELF\0\0\0\0"s)
                   .has_value());
}

}  // namespace
}  // namespace overreach
