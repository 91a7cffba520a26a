#include "scanner/match/assignment_name.h"

#include <algorithm>

#include "scanner/core/shape.h"

namespace overreach {
namespace {

constexpr CharSet kWordCharacters = char_set("A-Za-z0-9_");

}  // namespace

NameSpan find_assigned_name(std::string_view text, const NamePlace& place,
                            FileKind kind) {
  std::size_t begin = place.begin, end = place.end;
  bool is_flag = false;
  while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-')) {
    --end;
  }
  while (begin < end && (text[begin] == '-' || text[begin] == '.')) {
    ++begin;
    is_flag = text[begin - 1] == '-' &&
              text.substr(begin, end - begin).find('$') == text.npos;
  }
  // "API Key: x", "secret key = x": a name of two words.
  if (begin > 1 && text[begin - 1] == ' ' &&
      kWordCharacters.contains(text[begin - 2]) && kind != FileKind::code) {
    std::size_t word = begin - 1;
    while (word > 0 && begin - word < 16 &&
           kWordCharacters.contains(text[word - 1])) {
      --word;
    }
    const std::string_view first = text.substr(word, begin - 1 - word);
    for (const std::string_view known :
         {"api", "API", "Api", "secret", "Secret", "SECRET", "access", "Access",
          "private", "Private", "auth", "Auth"}) {
      if (first == known) begin = word;
    }
  }
  // "Password confirmation": a quoted name of several words.
  if (begin > 0 && end < text.size() && text[end] == ' ' &&
      (text[begin - 1] == '"' || text[begin - 1] == '\'')) {
    const std::size_t close =
        text.substr(0, end + 32).find(text[begin - 1], end);
    const std::string_view more =
        text.substr(end, close == text.npos ? 0 : close - end);
    if (!more.empty() && std::all_of(more.begin(), more.end(), [](char c) {
          return kWordCharacters.contains(c) || c == ' ';
        })) {
      end = close;
    }
  }
  return {begin, end, is_flag};
}

std::string_view without_verb(std::string_view name) {
  if (name.find('.') == name.npos) return name;
  for (const std::string_view verb :
       {".equals", ".type", ".fill", ".sendKeys", ".send_keys", ".eql",
        ".setValue", ".toEqual", ".isEqualTo"}) {
    if (name.ends_with(verb)) return name.substr(0, name.size() - verb.size());
  }
  return name;
}

}  // namespace overreach
