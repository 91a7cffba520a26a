#include "scanner/match/code_forms.h"

#include <algorithm>

#include "scanner/core/shape.h"
#include "scanner/match/value.h"
#include "scanner/match/value_forms.h"

namespace overreach {
namespace {

constexpr CharSet kLetters = char_set("A-Za-z");
constexpr CharSet kUpper = char_set("A-Z");
constexpr CharSet kLower = char_set("a-z");
constexpr CharSet kHex = char_set("0-9A-Fa-f");
constexpr CharSet kSnake = char_set("a-z_");
constexpr CharSet kRuleName = char_set("A-Za-z_");
constexpr CharSet kWord = char_set("A-Za-z0-9_");
constexpr CharSet kAttribute = char_set("A-Za-z-");

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

// A test of two values; padding ends a value.
bool is_test(std::string_view v) {
  const std::size_t equals = v.find("==");
  return equals != v.npos && v.find_first_not_of('=', equals) != v.npos &&
         v.find_first_of("'\"") != v.npos;
}

// The code between two literals: ".escape(x[, '+name+', +t,e.set(.
bool is_between_literals(std::string_view v) {
  if (v.size() < 3) return false;
  if (v[0] == '"' || v[0] == '\'') {
    return v[1] == '.' || v[1] == '+' || v[1] == ' ';
  }
  return v[0] == '+' && kLetters.contains(v[1]) &&
         (v.back() == '(' || v.back() == '+' || v.back() == '[');
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

// required|string|min:8, required|min_length[8]: the rules a form checks its
// field by.
bool is_rule_list(std::string_view v) {
  std::size_t rules = 0;
  for (std::size_t begin = 0; begin < v.size(); ++rules) {
    const std::size_t end = std::min(v.find('|', begin), v.size());
    const std::string_view rule = v.substr(begin, end - begin);
    const std::string_view name = rule.substr(0, rule.find_first_of(":["));
    if (name.size() < 2 || !kLower.contains(name.front()) ||
        !has_only(name, kRuleName)) {
      return false;
    }
    begin = end + 1;
  }
  return v.find('|') != v.npos && rules > 0;
}

// :'name' of psql, $row[0] and $Package::name of PHP and Perl: variables.
bool is_variable(std::string_view v) {
  if (v.starts_with(":'") || v.starts_with(":\"")) return true;
  if (v.size() < 4 || v.front() != '$') return false;
  const std::size_t end = v.find_first_of("[:", 1);
  return end != v.npos && end > 2 && has_only(v.substr(1, end - 1), kLetters) &&
         (v[end] == '[' || v.substr(end).starts_with("::"));
}

// App\Form\PasswordType, or with two backslashes each: a class in its
// namespace.  CORP\Walnut2381 may be a user and his password.
bool is_class_name(std::string_view v) {
  std::size_t parts = 0;
  for (std::size_t begin = 0; begin < v.size(); ++parts) {
    const std::size_t end = std::min(v.find('\\', begin), v.size());
    if (end == begin || !kUpper.contains(v[begin]) ||
        !has_only(v.substr(begin, end - begin), kWord)) {
      return false;
    }
    begin = std::min(v.find_first_not_of('\\', end), v.size());
  }
  return parts > 2;
}

// input[type="password"]: where on a page something stands.
bool is_selector(std::string_view v) {
  const std::size_t open = v.find('['), equals = v.find('=', open);
  return open != v.npos && equals != v.npos && v.back() == ']' &&
         has_only(v.substr(open + 1, equals - open - 1), kAttribute);
}

// \f809 and &nbsp;: one character, in a style sheet and on a page.
bool is_escaped_character(std::string_view v) {
  constexpr std::size_t kLongest = 7;
  if (v.size() < 4) return false;
  if (v.front() == '\\') {
    return v.size() <= kLongest && has_only(v.substr(1), kHex);
  }
  return v.front() == '&' && v.back() == ';' &&
         has_only(v.substr(1, v.size() - 2), kLetters);
}

// &id=1&_=2: the next parameter of a URL in which this one is empty.
bool is_next_parameter(std::string_view v) {
  const std::size_t equals = v.find('=');
  return v.size() > 2 && v.front() == '&' && equals != v.npos &&
         has_only(v.substr(1, equals - 1), kWord);
}

// !RC4:!MD5:@STRENGTH: which ciphers a connection may use.
bool is_cipher_list(std::string_view v) {
  return v.find(":!") != v.npos && v.find_first_of("!@") == 0;
}

// Zeroizing<Vec<u8>>, Option<String>: a type that takes types.
bool is_generic_type(std::string_view v) {
  static constexpr CharSet kCharacters = char_set("A-Za-z0-9_<>,:&?[] ");
  const std::size_t open = v.find('<');
  return open != v.npos && open > 1 && v.back() == '>' &&
         std::count(v.begin(), v.end(), '<') ==
             std::count(v.begin(), v.end(), '>') &&
         std::all_of(v.begin(), v.end(),
                     [&](char c) { return kCharacters.contains(c); });
}

}  // namespace

bool is_piece_of_code(std::string_view v) {
  return is_struct_tag(v) || is_route(v) || is_test(v) ||
         is_between_literals(v) || is_pattern(v) || has_shell_variable(v) ||
         is_rule_list(v) || is_variable(v) || is_class_name(v) ||
         is_selector(v) || is_escaped_character(v) || is_next_parameter(v) ||
         is_cipher_list(v);
}

bool is_expression(std::string_view v, bool quoted) {
  const char last = v.back();
  if (is_generic_type(v)) return true;
  constexpr std::size_t kGenerated = 40;  // K10...::server:...
  if (v.find("->") != v.npos || v.find("::") != v.npos) {
    return v.size() < kGenerated || !looks_random(v);
  }
  if (v.find('(') != v.npos && (last == ')' || !quoted)) return true;
  if (quoted) {
    // "config.database.password", "user.password", "Admin:Password"
    const auto dots = std::count(v.begin(), v.end(), '.');
    return dots >= 1 && wordlikeness(v) > 0.2 && makeup_of(v).digits == 0 &&
           makeup_of(v).symbols == static_cast<std::size_t>(dots);
  }
  if (v.find('[') != v.npos) return true;
  return v.find('.') != v.npos && makeup_of(v).digits < 2 &&
         wordlikeness(v) > 0;
}

}  // namespace overreach
