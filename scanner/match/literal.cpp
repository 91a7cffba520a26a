#include "scanner/match/literal.h"

#include <algorithm>

namespace overreach {
namespace {

constexpr std::size_t kMaxValue = 4096;

}  // namespace

std::optional<Literal> read_literal(std::string_view text, std::size_t at) {
  bool is_template = false;
  for (int i = 0; i < 3 && at < text.size(); ++i) {
    const char c = text[at];
    if (c == 'f' || c == 'F' || c == '$') is_template = true;
    if (c != 'b' && c != 'B' && c != 'r' && c != 'R' && c != 'u' && c != 'U' &&
        c != 'f' && c != 'F' && c != 'L' && c != '@' && c != '$' && c != 'N') {
      break;
    }
    if (at + 1 >= text.size() ||
        (text[at + 1] != '"' && text[at + 1] != '\'' && text[at + 1] != '@' &&
         text[at + 1] != 'r' && text[at + 1] != 'b' && text[at + 1] != '$')) {
      break;
    }
    ++at;
  }
  if (at >= text.size()) return std::nullopt;
  const bool escaped = text[at] == '\\' && at + 1 < text.size();
  if (escaped) ++at;
  const char quote = text[at];
  if (quote != '"' && quote != '\'' && quote != '`') return std::nullopt;
  if (quote == '`') is_template = true;
  std::size_t begin = at + 1;
  if (!escaped && text.substr(begin).starts_with(std::string_view("\"\"")) &&
      quote == '"') {
    begin += 2;  // """text"""
  }
  const std::size_t limit = std::min(text.size(), begin + kMaxValue);
  for (std::size_t i = begin; i < limit; ++i) {
    if (text[i] == '\n') return std::nullopt;
    if (text[i] == '\\' && i + 1 < limit) {
      if (escaped && text[i + 1] == quote) {
        return Literal{begin, i, i + 2};
      }
      ++i;
    } else if (text[i] == quote && !escaped) {
      if (is_template && text.substr(begin, i - begin).find('{') != text.npos) {
        return std::nullopt;
      }
      return Literal{begin, i, i + 1};
    } else if (text[i] == quote) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace overreach
