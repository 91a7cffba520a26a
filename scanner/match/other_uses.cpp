#include "scanner/match/other_uses.h"

#include <algorithm>
#include <string>

#include "scanner/core/shape.h"
#include "scanner/match/names.h"
#include "scanner/match/value_forms.h"

namespace overreach {
namespace {

constexpr CharSet kLetters = char_set("A-Za-z");
constexpr CharSet kUpper = char_set("A-Z");
constexpr CharSet kHex = char_set("0-9A-Fa-f");
constexpr CharSet kUpperHex = char_set("0-9A-F");
constexpr CharSet kSnake = char_set("a-z_");
constexpr CharSet kResource = char_set("a-z0-9-");

bool has_only(std::string_view v, const CharSet& set) {
  return !v.empty() && std::all_of(v.begin(), v.end(),
                                   [&](char c) { return set.contains(c); });
}

// json:"name,omitempty": the tag of a field.
bool is_struct_tag(std::string_view v) {
  const std::size_t colon = v.find(":\"");
  return colon != v.npos && has_only(v.substr(0, colon), kSnake);
}

// "controller#action" of a route.
bool is_route(std::string_view v) {
  const std::size_t mark = v.find('#');
  return mark != v.npos && has_only(v.substr(0, mark), kSnake) &&
         has_only(v.substr(mark + 1), kSnake);
}

// "type=env,id=X": settings, of which none is the value itself.
bool is_option_list(std::string_view v) {
  const std::size_t comma = v.find(',');
  if (comma == v.npos) return false;
  const std::size_t first = v.find('='), second = v.find('=', comma);
  return first < comma && second != v.npos &&
         has_only(v.substr(0, first), kSnake) &&
         has_only(v.substr(comma + 1, second - comma - 1), kSnake);
}

// A test of two values; padding ends a value.
bool is_test(std::string_view v) {
  const std::size_t equals = v.find("==");
  return equals != v.npos && v.find_first_not_of('=', equals) != v.npos &&
         v.find_first_of("'\"") != v.npos;
}

// $encrypted$, $ENCRYPTED$foo: stands for what is kept elsewhere.
bool is_dollar_mark(std::string_view v) {
  if (v.size() < 4 || v.front() != '$') return false;
  const std::size_t close = v.find('$', 1);
  return close != v.npos && close > 2 && close < 24 &&
         has_only(v.substr(1, close - 1), kLetters) &&
         (close + 1 == v.size() || has_only(v.substr(close + 1), kLetters));
}

// The text between two literals: ".escape(x[, '+name+'.
bool is_between_literals(std::string_view v) {
  return v.size() > 2 && (v[0] == '"' || v[0] == '\'') &&
         (v[1] == '.' || v[1] == '+' || v[1] == ' ');
}

// DhOW with stars before it, dots in the middle: cut out on purpose.
bool is_redacted(std::string_view v) {
  return v.find("....") != v.npos || v.ends_with("...") || v.starts_with("***");
}

// What a regular expression is made of.
bool is_pattern(std::string_view v) {
  for (const std::string_view part :
       {"\\K", "\\w", "\\d", "\\s", "\\S", "[^", "(?:", ".*", ".+"}) {
    if (v.find(part) != v.npos) return true;
  }
  return false;
}

// A shell's variable within the value: x$RANDOM.
bool has_shell_variable(std::string_view v) {
  constexpr std::size_t kShortest = 4;
  for (std::size_t at = v.find('$'); at != v.npos; at = v.find('$', at + 1)) {
    std::size_t end = at + 1;
    while (end < v.size() && kUpper.contains(v[end])) ++end;
    if (end - at > kShortest && (end == v.size() || v[end] == '$')) return true;
  }
  return false;
}

bool is_uuid(std::string_view v) {
  if (v.size() != 36) return false;
  for (std::size_t i = 0; i < v.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? v[i] != '-' : !kHex.contains(v[i])) return false;
  }
  return true;
}

}  // namespace

bool has_other_use(std::string_view v) {
  if (v.starts_with("urn:") || v.find("{0}") != v.npos) return true;
  if (v.size() > 3 && v.starts_with("--") && kLetters.contains(v[2])) {
    return true;
  }
  return is_struct_tag(v) || is_route(v) || is_option_list(v) || is_test(v) ||
         is_dollar_mark(v) || is_between_literals(v) || is_redacted(v) ||
         is_pattern(v) || has_shell_variable(v);
}

bool is_identifier_of_key(std::string_view v) {
  if (is_uuid(v)) return true;
  if (v.size() == 40 && has_only(v, kUpperHex)) return true;
  if (v.size() < 23 || v.size() % 3 != 2) return false;
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (i % 3 == 2 ? v[i] != ':' : !kHex.contains(v[i])) return false;
  }
  return true;
}

bool is_resource_name(std::string_view v) {
  constexpr std::size_t kShortestWord = 2;
  if (!has_only(v, kResource) || is_uuid(v)) return false;
  std::size_t words = 0, parts = 0;
  for (std::size_t begin = 0; begin <= v.size();) {
    const std::size_t end = std::min(v.find('-', begin), v.size());
    const std::string_view part = v.substr(begin, end - begin);
    words += part.size() >= kShortestWord && has_only(part, kLetters);
    ++parts;
    begin = end + 1;
  }
  return parts >= 2 && words >= 2 && words * 2 >= parts;
}

bool is_setting(std::string_view v) {
  const std::size_t equals = v.find('=');
  return equals != v.npos && equals > 1 && equals + 1 < v.size() &&
         v[equals + 1] != '=' &&
         std::all_of(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(equals),
                     [](char c) { return kLetters.contains(c) || c == '_'; });
}

bool is_constant_name(std::string_view v) {
  const Makeup shape = makeup_of(v);
  return v.find('_') != v.npos && shape.upper >= 4 && shape.lower == 0 &&
         shape.digits == 0 &&
         shape.symbols ==
             static_cast<std::size_t>(std::count(v.begin(), v.end(), '_'));
}

bool is_word_of_path(std::string_view v, std::string_view path) {
  constexpr std::size_t kShortest = 4;
  if (v.size() < kShortest || !has_only(v, kLetters)) return false;
  const std::string folded = normalized(v);
  for (std::size_t begin = 0; begin < path.size();) {
    std::size_t end = begin;
    while (end < path.size() && kAlnum.contains(path[end])) ++end;
    if (end - begin == v.size() &&
        normalized(path.substr(begin, end - begin)) == folded) {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

}  // namespace overreach
