#include "scanner/match/used_name.h"

#include <algorithm>

#include "scanner/base/text.h"
#include "scanner/match/assignment_line.h"
#include "scanner/match/lines.h"

namespace overreach {
namespace {

// What no value comes behind when it stands right behind a name.
constexpr CharSet kEndsStatement = char_set("\n\r);*&{}%;^#@~");

// A quote on the line of a name that ends at `end`, not far away.
bool has_literal_near(std::string_view text, std::size_t at, std::size_t end) {
  constexpr std::size_t kNear = 100;
  const std::size_t low = line_begin(text, at, kNear);
  const std::size_t high = line_end(text, end, kNear);
  const std::string_view near = text.substr(low, high - low);
  return near.find('"') != near.npos || near.find('\'') != near.npos;
}

// Before the name, its quotes and blanks stands a colon or an equals sign.
bool is_named_by_colon(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < kMaxName &&
         (kNameCharacters.contains(text[begin - 1]) ||
          is_blank(text[begin - 1]) || text[begin - 1] == '"')) {
    --begin;
  }
  return begin > 0 && (text[begin - 1] == ':' || text[begin - 1] == '=');
}

// passed ? "pass" : "fail": the first of two results, in quotes.
bool is_first_of_two(std::string_view text, std::size_t at, std::size_t end) {
  const std::size_t colon = text.find_first_not_of(" \t", end + 1);
  if (colon == text.npos || text[colon] != ':') return false;
  const std::size_t quote = text.find_last_not_of(" \t", at);
  if (quote == 0 || quote == text.npos || text[quote] != text[end]) {
    return false;
  }
  const std::size_t mark = text.find_last_not_of(" \t", quote - 1);
  return mark != text.npos && text[mark] == '?';
}

}  // namespace

bool is_only_used(std::string_view text, const NamePlace& name) {
  const std::size_t at = name.at, end = name.end;
  if (end >= text.size()) return false;
  const char next = text[end];
  if (next == '>' && text[end - 1] == '-') return true;
  if (next == '"' || next == '\'') {
    return at > 0 && is_first_of_two(text, at - 1, end);
  }
  if (!kEndsStatement.contains(next)) return false;
  // assertEquals("x", password), let(:password) { "x" }: with a literal near.
  if (next == ')') return !has_literal_near(text, at, end);
  // name: PASSWORD and its value below; "x" == password.
  if (next == '\n' || next == '\r') return !is_named_by_colon(text, at);
  return true;
}

}  // namespace overreach
