// UTF-8 as an output needs it.  Paths and keys come from the scanned tree and
// may hold any bytes: what is not UTF-8 never reaches an output as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace overreach {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool valid = true;  // false: one byte that begins no UTF-8 sequence
};

// The character that begins at `at`.  REQUIRES: at < text.size()
CodePoint decode_utf8(std::string_view text, std::size_t at);

// What a terminal would act on or hide instead of showing: C0 and C1 controls,
// line separators, zero-width characters and the marks that reorder text.
bool is_control(char32_t value);

// For a terminal: one line in which every control stands as \n, \x1b or
// \u{202e} and every byte that is not UTF-8 as \xff.
std::string visible(std::string_view text);

// For other programs, which want the bytes back: as it is where it is UTF-8,
// any other byte as \xff.  Nothing is lost: a backslash of the name itself that
// would look like the start of such an escape stands as \x5c.
std::string escaped_path(std::string_view path);
// The bytes back.
std::string unescaped_path(std::string_view escaped);

// Columns that text from visible() takes on a terminal.
int display_width(std::string_view text);

// At most `columns` characters, the last three of them dots when text was cut.
std::string shortened(std::string_view text, std::size_t columns);

}  // namespace overreach
