// ASCII texts and paths with '/': case, blanks, escapes, names.
#pragma once

#include <string>
#include <string_view>

namespace overreach {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Other bytes than A-Z stay.
constexpr char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// Most words differ in their first character.  REQUIRES: `word` is not empty.
constexpr bool stands_at(std::string_view text, std::size_t at,
                         std::string_view word) {
  return at < text.size() && text[at] == word.front() &&
         text.substr(at).starts_with(word);
}

// Without blanks, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);
std::string without_line_end(std::string text);

// Of a hexadecimal digit, either case; -1 for other characters.
constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// "123e4567-e89b-12d3-a456-426614174000", either case.
bool is_uuid(std::string_view text);

// RFC 3986: "p%40w" -> "p@w"; a percent sign without two digits and a plus sign
// stand for themselves.
std::string percent_decoded(std::string_view text);

// One word of a shell: in single quotes, whatever it holds.
std::string shell_quoted(std::string_view text);

// "a/b.txt" -> "b.txt"
std::string_view file_name(std::string_view path);
// "a/b.txt" -> "a"; empty for a path without a folder.
std::string_view parent_folder(std::string_view path);

}  // namespace overreach
