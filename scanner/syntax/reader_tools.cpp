#include <algorithm>
#include <array>

#include "scanner/syntax/readers.h"

namespace overreach {
namespace {

constexpr auto kSettingWords = std::to_array<std::string_view>(
    {"", "true", "false", "True", "False", "TRUE", "FALSE", "yes", "no", "on",
     "off", "null", "~", "None", "nil"});

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() < 12 && text[0] != '.' &&
         std::count(text.begin(), text.end(), '.') <= 1 &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace

EntryKind kind_of_plain(std::string_view value) {
  const bool is_word = std::find(kSettingWords.begin(), kSettingWords.end(),
                                 value) != kSettingWords.end();
  return is_word || is_number(value) ? EntryKind::setting : EntryKind::literal;
}

Range trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && is_blank(text[begin])) ++begin;
  while (end > begin && is_blank(text[end - 1])) --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

Range unquoted(std::string_view text, Range range) {
  if (range.end - range.begin < 2) return range;
  const char quote = text[range.begin];
  if ((quote != '"' && quote != '\'') || text[range.end - 1] != quote) {
    return range;
  }
  return {range.begin + 1, range.end - 1};
}

void parse(Writer& writer, Tree& tree, std::string_view text, std::size_t base,
           bool is_sure) {
  switch (tree.parse(writer.language(), text, base)) {
    case Tree::Outcome::complete:
      break;
    case Tree::Outcome::broken:
      if (is_sure) writer.note("some of it is not well-formed");
      break;
    case Tree::Outcome::too_deep:
      writer.note("nested deeper than 250");
      break;
    case Tree::Outcome::gave_up:
      writer.note("too broken to be parsed");
      break;
  }
}

}  // namespace overreach
