#include "scanner/match/paired_value.h"

#include <algorithm>
#include <array>

#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/match/assignment_line.h"
#include "scanner/match/lines.h"

namespace overreach {
namespace {

constexpr CharSet kWordCharacters = char_set("A-Za-z0-9_");
constexpr CharSet kBlanks = char_set(" \t");
constexpr CharSet kSpace = char_set(" \t\r\n");
constexpr CharSet kQuotes = char_set("\"'\\");
constexpr CharSet kToValue = char_set("\"'\\,; \t\r\n");
constexpr CharSet kBehindName = char_set("\"'`])\\");
constexpr CharSet kAroundName = char_set(" \t\"'\\");
constexpr std::size_t kReach = 100;
constexpr std::size_t kToVerb = 40;  // from the parenthesis to the name

std::size_t skip(std::string_view text, std::size_t at, const CharSet& set,
                 std::size_t most) {
  const std::size_t limit = std::min(text.size(), at + most);
  while (at < limit && set.contains(text[at])) ++at;
  return at;
}

// The end of what stands before `at` and such characters.
std::size_t skip_back(std::string_view text, std::size_t at,
                      const CharSet& set) {
  while (at > 0 && set.contains(text[at - 1])) --at;
  return at;
}

// A literal, or the word up to the end of a YAML line; the comma or semicolon
// behind a name ends a line of code.
std::optional<Literal> literal_or_word(std::string_view text, std::size_t at,
                                       bool bare) {
  if (const auto value = read_literal(text, at)) return value;
  if (!bare) return std::nullopt;
  const std::size_t end =
      std::min(text.find_first_of(" \t\r\n", at), text.size());
  const bool ends = end >= text.size() || text[end] == '\n' ||
                    text[end] == '\r' || text.substr(end).starts_with(" #");
  if (!ends || end == at || end - at > 200 || text[end - 1] == ',' ||
      text[end - 1] == ';') {
    return std::nullopt;
  }
  return Literal{at, end, end};
}

// "value": "x" behind "key": "password"
std::optional<Literal> second_member(std::string_view text, std::size_t begin,
                                     std::size_t end) {
  const std::size_t colon = skip_back(text, begin, kAroundName);
  if (colon == 0 || (text[colon - 1] != ':' && text[colon - 1] != '=')) {
    return std::nullopt;
  }
  const std::string_view head =
      text.substr(0, skip_back(text, colon - 1, kAroundName));
  if (!head.ends_with("name") && !head.ends_with("key") &&
      !head.ends_with("Name") && !head.ends_with("Key") &&
      !head.ends_with("field")) {
    return std::nullopt;
  }
  const bool quoted = end < text.size() && kQuotes.contains(text[end]);
  std::size_t at = skip(text, end, kToValue, 60);
  for (const std::string_view word : {"value", "Value", "val", "default"}) {
    if (!stands_at(text, at, word)) continue;
    at = skip(text, at + word.size(), kAroundName, 4);
    if (at >= text.size() || (text[at] != ':' && text[at] != '=')) {
      return std::nullopt;
    }
    at = skip(text, at + 1, kBlanks, 4);
    return literal_or_word(text, at, !quoted);
  }
  return std::nullopt;
}

// <key>password</key> <string>x</string>
std::optional<Literal> second_element(std::string_view text, std::size_t begin,
                                      std::size_t end) {
  constexpr std::string_view kOpen = "<string>";
  if (begin == 0 || text[begin - 1] != '>' ||
      !text.substr(end).starts_with("</")) {
    return std::nullopt;
  }
  const std::size_t close = text.substr(0, end + 20).find('>', end);
  if (close == text.npos) return std::nullopt;
  const std::size_t at = skip(text, close + 1, kSpace, 60);
  if (!stands_at(text, at, kOpen)) return std::nullopt;
  const std::size_t value = at + kOpen.size();
  const std::size_t after = text.substr(0, value + 300).find('<', value);
  if (after == text.npos || after == value) return std::nullopt;
  return Literal{value, after, after};
}

bool is_typing(std::string_view verb) {
  static constexpr auto kVerbs = std::to_array<std::string_view>(
      {"type", "fill", "sendKeys", "send_keys", "setValue", "set", "with",
       "enterText", "clearAndType", "addValue", "typeText", "fillField",
       "input_text", "val", "selectText", "pressSequentially", "fill_in"});
  return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end();
}

std::string_view word_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < 24 &&
         kWordCharacters.contains(text[begin - 1])) {
    --begin;
  }
  return text.substr(begin, end - begin);
}

// get("#password").type("x"), fill("input[name='password']", "x")
std::optional<Literal> typed(std::string_view text, std::size_t begin,
                             std::size_t end) {
  const std::size_t at = skip(text, end, kBehindName, 8);
  if (at == end || at + 2 >= text.size()) return std::nullopt;
  if (text[at] == ',') {
    const std::size_t low = begin > kToVerb ? begin - kToVerb : 0;
    std::size_t open = begin;
    while (open > low && text[open - 1] != '(' && text[open - 1] != '\n') {
      --open;
    }
    if (open == low || text[open - 1] != '(') return std::nullopt;
    if (!is_typing(word_before(text, open - 1))) return std::nullopt;
    return read_literal(text, skip(text, at + 1, kBlanks, 4));
  }
  if (text[at] != '.') return std::nullopt;
  std::size_t verb = at + 1;
  while (verb < text.size() && verb - at < 24 &&
         kWordCharacters.contains(text[verb])) {
    ++verb;
  }
  if (verb >= text.size() || text[verb] != '(' ||
      !is_typing(text.substr(at + 1, verb - at - 1))) {
    return std::nullopt;
  }
  return read_literal(text, skip(text, verb + 1, kBlanks, 4));
}

// option("--password", help="...", default="x")
std::optional<Literal> default_of_option(std::string_view text,
                                         std::size_t begin, std::size_t end) {
  if (begin < 2 || text[begin - 1] != '-') return std::nullopt;
  const std::size_t limit = line_end(text, end, kReach);
  const std::string_view rest = text.substr(end, limit - end);
  for (const std::string_view word : {"default=", "default: ", "default => "}) {
    const std::size_t at = rest.find(word);
    if (at != rest.npos) return read_literal(text, end + at + word.size());
  }
  return std::nullopt;
}

// let(:password) { "x" }; Map.of("user", "a", "password", "x")
std::optional<Literal> in_block_or_map(std::string_view text, std::size_t begin,
                                       std::size_t end) {
  if (text.substr(end).starts_with(") { ")) {
    return read_literal(text, end + 4);
  }
  if (!text.substr(end).starts_with("\",")) return std::nullopt;
  const std::size_t low = line_begin(text, begin);
  const std::string_view line = text.substr(low, begin - low);
  if (line.find("Map.of(") == line.npos) return std::nullopt;
  return read_literal(text, skip(text, end + 2, kBlanks, 4));
}

}  // namespace

std::optional<Literal> paired_value(std::string_view text,
                                    std::size_t name_begin,
                                    std::size_t name_end) {
  for (const auto find : {second_member, second_element, typed,
                          default_of_option, in_block_or_map}) {
    if (const auto value = find(text, name_begin, name_end)) return value;
  }
  return std::nullopt;
}

std::optional<Literal> element_text(std::string_view text, std::size_t at,
                                    bool is_quoted) {
  constexpr std::size_t kMaxTag = 60, kMaxText = 4096;
  std::size_t open = at;
  while (open < text.size() && open - at < kMaxTag && text[open] != '>' &&
         text[open] != '\n' && text[open] != '<') {
    if (is_quoted && !is_blank(text[open]) && text[open] != '/') {
      return std::nullopt;
    }
    ++open;
  }
  if (open >= text.size() || text[open] != '>' || text[open - 1] == '/') {
    return std::nullopt;
  }
  std::size_t begin = open + 1;
  const std::size_t size = line_behind(text, begin, kMaxText + 1).find('<');
  if (size == text.npos) return std::nullopt;
  std::size_t end = begin + size;
  if (!text.substr(end).starts_with("</")) return std::nullopt;
  while (begin < end && is_blank(text[begin])) ++begin;
  while (end > begin && is_blank(text[end - 1])) --end;
  if (begin == end) return std::nullopt;
  return Literal{begin, end, end};
}

}  // namespace overreach
