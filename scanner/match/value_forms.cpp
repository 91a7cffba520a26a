#include "scanner/match/value_forms.h"

#include <algorithm>
#include <array>

#include "scanner/base/text.h"
#include "scanner/core/check.h"
#include "scanner/core/shape.h"
#include "scanner/match/names.h"
#include "scanner/match/tables/value_words.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list,
               std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_surrounded(std::string_view v, char open, char close) {
  return v.size() >= 2 && v.front() == open && v.back() == close;
}

std::string_view without_end_digits(std::string_view v) {
  while (!v.empty() && !((v.back() | 32) >= 'a' && (v.back() | 32) <= 'z')) {
    v.remove_suffix(1);
  }
  return v;
}

// Short parts stand in random text by chance: "YRClYtoDo996".
bool begins_a_word(std::string_view value, std::string_view part) {
  const std::string folded = normalized(value);
  const NameWords found(value);
  const auto words = found.list();
  return folded.starts_with(part) || folded.ends_with(part) ||
         std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return word.starts_with(part);
         });
}

// Which letters and digits a text has, one bit each; others share the last.
constexpr std::uint64_t characters_of(std::string_view folded) {
  std::uint64_t bits = 0;
  for (const char c : folded) {
    const int bit = c >= 'a' && c <= 'z'   ? c - 'a'
                    : c >= '0' && c <= '9' ? 26 + c - '0'
                                           : 63;
    bits |= std::uint64_t{1} << bit;
  }
  return bits;
}

// CHANGE_ME, rotate-me: what is to be done with it.
bool asks_for_change(std::string_view value) {
  constexpr std::size_t kAsking = 3;
  if (value.size() < 2 * kAsking) return false;
  const std::string_view end = value.substr(value.size() - kAsking);
  return (end[0] == '_' || end[0] == '-') && normalized(end) == "me" &&
         makeup_of(value).digits == 0;
}

bool holds_placeholder_part(std::string_view value, std::string_view folded) {
  static constexpr auto kCharacters = [] {
    std::array<std::uint64_t, kPlaceholderParts.size()> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i) {
      bits[i] = characters_of(kPlaceholderParts[i]);
    }
    return bits;
  }();
  const std::uint64_t has = characters_of(folded);
  for (std::size_t i = 0; i < kCharacters.size(); ++i) {
    const std::string_view part = kPlaceholderParts[i];
    if ((kCharacters[i] & ~has) == 0 && folded.find(part) != folded.npos &&
        (part.size() > 4 || begins_a_word(value, part))) {
      return true;
    }
  }
  return false;
}

}  // namespace

Makeup makeup_of(std::string_view value) {
  Makeup shape;
  int before = 0;
  for (const char c : value) {
    int kind = 0;
    if (c >= 'a' && c <= 'z') {
      ++shape.lower, kind = 1;
    } else if (c >= 'A' && c <= 'Z') {
      ++shape.upper, kind = 1;
    } else if (c >= '0' && c <= '9') {
      ++shape.digits, kind = 2;
    } else if (c == ' ' || c == '\t') {
      ++shape.spaces;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      ++shape.other;
    } else {
      ++shape.symbols;
    }
    if (before + kind == 3) ++shape.changes;
    before = kind;
  }
  return shape;
}

// Bytes written as escapes: a test vector, not a password.
bool is_public_nkey(std::string_view v) {
  static constexpr CharSet kKinds = char_set("UAONCX");
  return v.size() == 56 && kKinds.contains(v.front()) &&
         check_holds(Check::crc16_base32, v, 0);
}

bool is_byte_string(std::string_view v) {
  std::size_t escapes = 0;
  for (std::size_t at = 0; (at = v.find("\\x", at)) != v.npos; at += 2) {
    ++escapes;
  }
  for (std::size_t at = 0; (at = v.find("0x", at)) != v.npos; at += 2) {
    ++escapes;
  }
  return escapes >= 2;
}

// A variable's or a member's name: user_password, setPassword.
bool is_name_of_secret(std::string_view v, bool quoted) {
  const bool parts = v.find('_') != v.npos;
  bool humps = false;
  for (std::size_t i = 1; i < v.size(); ++i) {
    humps |= v[i] >= 'A' && v[i] <= 'Z' && v[i - 1] >= 'a' && v[i - 1] <= 'z';
  }
  if (!parts && !humps) return false;
  if (std::any_of(v.begin(), v.end(),
                  [](char c) { return !kAlnum.contains(c) && c != '_'; })) {
    return false;
  }
  const NameKind kind = kind_of_name(v);
  if (kind == NameKind::none || kind == NameKind::user) return false;
  return !quoted || v.find_first_of("0123456789") == v.npos;
}

// %s, %-10d, %#x\n: what printf fills in.
bool is_format(std::string_view v) {
  if (v.size() > 12 || v.front() != '%') return false;
  const std::size_t end = v.find_first_not_of("#0123456789.*+-lhz", 1);
  return end != v.npos &&
         std::string_view("sdxXufcpiv@").find(v[end]) != v.npos &&
         (end + 1 == v.size() || !kAlnum.contains(v[end + 1]));
}

// {settings.password: what is filled in, without the brace that ends the value.
bool is_open_reference(std::string_view v) {
  return v.size() > 3 && v.front() == '{' &&
         std::all_of(v.begin() + 1, v.end(), [](char c) {
           return kAlnum.contains(c) || c == '_' || c == '.';
         });
}

// irc.server.<server name>.password: a text with a blank to fill in.
bool has_blank(std::string_view v) {
  constexpr std::size_t kShortest = 4;
  static constexpr CharSet kBlank = char_set("a-z_ -");
  for (std::size_t open = v.find('<'); open != v.npos;
       open = v.find('<', open + 1)) {
    std::size_t end = open + 1;
    while (end < v.size() && kBlank.contains(v[end])) ++end;
    if (end - open > kShortest && end < v.size() && v[end] == '>') return true;
  }
  return false;
}

// ${X}, $X, %X%, {{ x }}, <x>, [x], #{x}, @X@, %s, {0}, :name, ?
bool is_reference_form(std::string_view v) {
  // '$X' within the quotes of JSON, which a shell takes away.
  if (v.size() > 3 && v.starts_with("'$") && v.ends_with('\'')) {
    v = v.substr(1, v.size() - 2);
  }
  // Among many symbols a generator makes these, too: then both ends count.
  constexpr std::size_t kGenerated = 48;
  if (v.size() >= kGenerated && v.find('}') == v.npos &&
      v.find(')') == v.npos && makeup_of(v).symbols * 5 > v.size()) {
    return false;
  }
  if (v.find("${") != v.npos || v.find("{{") != v.npos ||
      v.find("$(") != v.npos || v.find("#{") != v.npos ||
      v.find("<%") != v.npos || v.find("%(") != v.npos ||
      v.find("{%") != v.npos || v.find("%{") != v.npos ||
      v.find("&lt;") != v.npos || v.find("&quot;") != v.npos ||
      v.find("$$") == 0 || v.find("@{") != v.npos) {
    return true;
  }
  if (is_open_reference(v) || has_blank(v)) return true;
  if (is_surrounded(v, '<', '>') || is_surrounded(v, '{', '}') ||
      is_surrounded(v, '[', ']') || is_surrounded(v, '(', ')')) {
    return true;
  }
  if (v.size() > 2 &&
      (is_surrounded(v, '%', '%') || is_surrounded(v, '@', '@') ||
       is_surrounded(v, '*', '*') ||
       (v.starts_with("__") && v.ends_with("__")))) {
    return true;
  }
  if (v.ends_with("!r}") || v.ends_with("!s}") || v.ends_with("!r")) {
    return v.front() == '{';
  }
  if (v.size() > 2 && v.front() == '$' && v.back() == '\\') v.remove_suffix(1);
  if (v.size() > 1 && v.front() == '$') {
    return std::all_of(v.begin() + 1, v.end(), [](char c) {
      return kAlnum.contains(c) || c == '_' || c == ':' || c == '.' ||
             c == '[' || c == ']' || c == '-' || c == '>' || c == '\'';
    });
  }
  if ((v.size() <= 4 && v.front() == '%') || is_format(v)) return true;
  // A marker or a selector of a page: #external, #password-field.
  if (v.size() > 2 && v.front() == '#' &&
      is_identifier_of_words(v.substr(1), makeup_of(v.substr(1)))) {
    return true;
  }
  if (v.starts_with("!vault") || v.starts_with("ENC[") ||
      v.starts_with("!Ref") || v.starts_with("!Sub") || v.starts_with("!Get") ||
      v.starts_with("vault:") || v.starts_with("env:") ||
      v.starts_with("arn:") || v.starts_with("op://") ||
      v.starts_with("{cipher}") || v.starts_with("secretsmanager") ||
      v.starts_with("data:") || v.starts_with("file:") ||
      v.starts_with("keyvault")) {
    return true;
  }
  return false;
}

bool is_repetition(std::string_view v) {
  std::size_t alnum = 0, distinct = 0;
  std::array<bool, 256> seen{};
  for (const char c : v) {
    alnum += kAlnum.contains(c);
    bool& was = seen[static_cast<unsigned char>(c)];
    distinct += !was;
    was = true;
  }
  if (alnum == 0) return true;  // "***", "...", "---"
  return distinct <= 1 || (distinct == 2 && v.size() >= 8);
}

// Characters that follow their neighbour: "abcdefgh", "12345678".
std::size_t longest_sequence(std::string_view v) {
  std::size_t longest = 1, current = 1;
  for (std::size_t i = 1; i < v.size(); ++i) {
    const int step = v[i] - v[i - 1];
    current = step == 1 || step == -1 ? current + 1 : 1;
    longest = std::max(longest, current);
  }
  return longest;
}

std::size_t longest_repeat(std::string_view v) {
  std::size_t longest = 1, current = 1;
  for (std::size_t i = 1; i < v.size(); ++i) {
    current = v[i] == v[i - 1] ? current + 1 : 1;
    longest = std::max(longest, current);
  }
  return longest;
}

// 8081828384...: bytes that count up, in hexadecimal digits.
bool is_counted_in_bytes(std::string_view v) {
  const auto digit = [&](std::size_t i) { return hex_value(v[i]); };
  if (v.size() % 2 != 0 || digit(0) < 0) return false;
  std::size_t counted = 0;
  for (std::size_t i = 2; i < v.size(); i += 2) {
    if (digit(i) < 0 || digit(i + 1) < 0) return false;
    const int before = digit(i - 2) * 16 + digit(i - 1);
    counted += digit(i) * 16 + digit(i + 1) == (before + 1) % 256;
  }
  return counted * 8 >= v.size() * 3;  // three quarters of the pairs
}

bool is_counted(std::string_view v) {
  constexpr std::size_t kShortest = 16;
  constexpr std::string_view kOrder = "0123456789abcdefghijklmnopqrstuvwxyz";
  if (v.size() < kShortest) return false;
  if (is_counted_in_bytes(v)) return true;
  const auto place = [&](char c) {
    return static_cast<int>(kOrder.find(lower_letter(c)));
  };
  std::size_t small = 0;
  for (std::size_t i = 1; i < v.size(); ++i) {
    const int step = place(v[i]) - place(v[i - 1]);
    small += step >= -1 && step <= 1;
  }
  return small * 4 >= v.size() * 3;
}

bool is_path_or_file(std::string_view v) {
  if (v.starts_with("/") || v.starts_with("./") || v.starts_with("../") ||
      v.starts_with("~/") || v.starts_with("\\\\")) {
    return v.size() > 1 &&
           (std::count(v.begin(), v.end(), '/') >= 3 || !looks_random(v));
  }
  if (v.size() > 3 && v[1] == ':' && (v[2] == '\\' || v[2] == '/')) return true;
  if (v.find("://") != v.npos) return true;
  constexpr auto kEnds = std::to_array<std::string_view>(
      {".pem",  ".key",   ".json",       ".txt",  ".crt",  ".cer", ".yml",
       ".yaml", ".xml",   ".properties", ".conf", ".cfg",  ".ini", ".js",
       ".ts",   ".py",    ".rb",         ".php",  ".java", ".go",  ".html",
       ".css",  ".png",   ".jpg",        ".svg",  ".md",   ".sh",  ".p12",
       ".pfx",  ".jks",   ".pub",        ".env",  ".com",  ".org", ".net",
       ".io",   ".local", ".tf",         ".cs",   ".sql",  ".log", ".exe",
       ".dll",  ".lock",  ".toml",       ".h",    ".c",    ".cpp", ".class",
       ".jar",  ".zip"});
  if (std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) {
        return v.size() > end.size() && v.ends_with(end);
      })) {
    return true;
  }
  const auto slashes = std::count(v.begin(), v.end(), '/');
  // backups/2024/E35K556Q.gz: folders and the ending of a file.
  const std::size_t dot = v.rfind('.');
  if (slashes >= 1 && dot != v.npos && dot > v.rfind('/') &&
      v.size() - dot - 1 <= 4 && v.size() > dot + 1 &&
      std::all_of(v.begin() + static_cast<std::ptrdiff_t>(dot) + 1, v.end(),
                  [](char c) { return c >= 'a' && c <= 'z'; })) {
    return true;
  }
  return slashes >= 1 && wordlikeness(v) > 0.2 && v.find('=') == v.npos &&
         makeup_of(v).digits * 5 < v.size();
}

// snake_case, kebab-case, camelCase of words, or one word.
bool is_identifier_of_words(std::string_view v, const Makeup& shape) {
  if (shape.spaces || shape.other || shape.digits > 2) return false;
  for (const char c : v) {
    if (!kAlnum.contains(c) && c != '_' && c != '-' && c != '.' && c != ':' &&
        c != '/') {
      return false;
    }
  }
  if (shape.digits > 0 && shape.symbols == 0) return false;
  return wordlikeness(v) > -0.1;
}

// "Passw0rd!" -> "password": what people do to make a word look strong.
std::string unleet(std::string_view v) {
  std::string text;
  for (char c : v) {
    c = lower_letter(c);
    switch (c) {
      case '0':
        c = 'o';
        break;
      case '1':
        c = 'i';
        break;
      case '3':
        c = 'e';
        break;
      case '4':
        c = 'a';
        break;
      case '5':
        c = 's';
        break;
      case '7':
        c = 't';
        break;
      case '@':
        c = 'a';
        break;
      case '$':
        c = 's';
        break;
      default:
        break;
    }
    if (c >= 'a' && c <= 'z') text += c;
  }
  return text;
}

bool is_weak(std::string_view v) {
  const std::string base = normalized(v);
  // P@ssw0rd!, Password1!: somebody satisfied a policy.
  const Makeup shape = makeup_of(v);
  if (shape.symbols > 0 && shape.letters() > 0 && shape.digits > 0 &&
      v.size() >= 8) {
    return false;
  }
  if (is_one_of(kWeak, base)) return true;
  const std::string word = normalized(without_end_digits(v));
  // password1, test_2: a conventional word with a digit.
  if (v.size() - without_end_digits(v).size() <= 2 && is_one_of(kWeak, word)) {
    return true;
  }
  return longest_sequence(v) + 1 >= v.size();  // 123456, abcdefg
}

bool is_weak_word(std::string_view normalized_word) {
  return is_one_of(kWeak, normalized_word);
}

bool is_placeholder(std::string_view value) {
  if (value.empty()) return true;
  const std::string folded = normalized(value);
  if (is_reference_form(value) || is_repetition(value)) return true;
  if (is_one_of(kNothing, folded)) return true;
  // value1, key2: counted in a list of examples.
  if (folded.size() > 3 && is_digit(folded.back()) &&
      is_one_of(kNothing,
                std::string_view(folded).substr(0, folded.size() - 1))) {
    return true;
  }
  if (folded.starts_with("your") || asks_for_change(value)) return true;
  const bool long_random = value.size() >= 32 && looks_random(value);
  return !long_random && holds_placeholder_part(value, folded);
}

}  // namespace overreach
