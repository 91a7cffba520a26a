#include "formatters/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace overreach {
namespace {

TEST(Utf8, DecodesOrSaysThatItCannot) {
  const struct {
    std::string_view text;
    char32_t value;
    std::size_t bytes;
  } good[] = {
      {"a", 'a', 1},
      {"\xc3\xa9", 0xe9, 2},
      {"\xe2\x82\xac", 0x20ac, 3},
      {"\xf0\x9f\x94\x91", 0x1f511, 4},
      {"\xf4\x8f\xbf\xbf", 0x10ffff, 4},
  };
  for (const auto& each : good) {
    const CodePoint point = decode_utf8(each.text, 0);
    EXPECT_TRUE(point.valid) << each.text;
    EXPECT_EQ(point.value, each.value);
    EXPECT_EQ(point.bytes, each.bytes);
  }
  for (const std::string_view bad :
       {"\x80", "\xff", "\xc3", "\xc3(", "\xc0\xaf", "\xe0\x80\xaf",
        "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf0\x9f\x94"}) {
    EXPECT_FALSE(decode_utf8(bad, 0).valid);
    EXPECT_EQ(decode_utf8(bad, 0).bytes, 1u);
  }
}

// What report.schema.json tells other programs to do.
std::string unescaped(std::string_view path) {
  const auto digit = [](char c) {
    return static_cast<int>(std::string_view("0123456789abcdef").find(c));
  };
  std::string bytes;
  while (!path.empty()) {
    const bool is_escape = path.size() >= 4 && path.starts_with("\\x") &&
                           digit(path[2]) >= 0 && digit(path[3]) >= 0;
    bytes += is_escape ? static_cast<char>(digit(path[2]) * 16 + digit(path[3]))
                       : path[0];
    path.remove_prefix(is_escape ? 4 : 1);
  }
  return bytes;
}

TEST(Utf8, EscapedPathLosesNothing) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"plain/100%.env", "plain/100%.env"},
      {"caf\xc3\xa9", "caf\xc3\xa9"},
      {"caf\xe9.env", "caf\\xe9.env"},
      {"a\\b", "a\\b"},
      {"unit\\x2d.mount", "unit\\x5cx2d.mount"},
      {"a\\xe\xff", "a\\xe\\xff"},
      {"\\\xff\\x", "\\\\xff\\x"},
      {"two\nlines", "two\nlines"},
      {"", ""},
  };
  for (const auto& [path, expected] : cases) {
    EXPECT_EQ(escaped_path(path), expected);
    EXPECT_EQ(unescaped(expected), path);
  }
}

TEST(Utf8, VisibleShowsWhatATerminalWouldActOn) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"plain/path.env", "plain/path.env"},
      {"caf\xc3\xa9 \xe6\x97\xa5", "caf\xc3\xa9 \xe6\x97\xa5"},
      {"\x1b[31m", "\\x1b[31m"},
      {"a\nb\tc\rd", "a\\nb\\tc\\rd"},
      {std::string_view("\0\x7f", 2), "\\x00\\x7f"},
      {"\xc2\x9b", "\\u{009b}"},
      {"\xe2\x80\xae", "\\u{202e}"},
      {"\xff\xc3", "\\xff\\xc3"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(visible(text), expected);
  }
}

TEST(Utf8, WidthIsThatOfTheTerminal) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("caf\xc3\xa9"), 4);
  EXPECT_EQ(display_width("cafe\xcc\x81"), 4);  // combining accent
  EXPECT_EQ(display_width("\xe6\x97\xa5"), 2);  // wide
}

TEST(Utf8, ShortensBetweenCharacters) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abc...");
  EXPECT_EQ(shortened("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 4),
            "\xc3\xa9...");
}

}  // namespace
}  // namespace overreach
