#include "scanner/match/assignment_line.h"

#include <algorithm>
#include <array>
#include <string>

#include "scanner/match/lines.h"

namespace overreach {
namespace {

constexpr CharSet kWordCharacters = char_set("A-Za-z0-9_");

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// os.environ.get("X", "default"), getenv('X', 'default')
std::optional<Literal> default_of_lookup(std::string_view text, std::size_t at,
                                         std::string_view function,
                                         std::size_t open) {
  for (const std::string_view part :
       {"getenv", "environ.get", "env", "config", "get", "getProperty",
        "getOrDefault", "getString", "fetch", "lookup"}) {
    if (!function.ends_with(part)) continue;
    const auto first = read_literal(text, at + open + 1);
    if (!first) return std::nullopt;
    std::size_t next = first->after;
    while (next < text.size() && is_blank(text[next])) ++next;
    if (next >= text.size() || text[next] != ',') return std::nullopt;
    ++next;
    while (next < text.size() && is_blank(text[next])) ++next;
    return read_literal(text, next);
  }
  return std::nullopt;
}

}  // namespace

NameAround name_around(std::string_view text, std::size_t at, FileKind kind) {
  bool is_flag = false;
  std::size_t begin = at, end = at;
  while (begin > 0 && at - begin < kMaxName &&
         kNameCharacters.contains(text[begin - 1])) {
    --begin;
  }
  while (end < text.size() && end - at < kMaxName &&
         kNameCharacters.contains(text[end])) {
    ++end;
  }
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

// Calls that only ask for a value by a name.
bool is_question(std::string_view name) {
  const std::size_t dot = name.find_last_of(".>");
  std::string_view verb = dot == name.npos ? name : name.substr(dot + 1);
  for (const std::string_view word :
       {"get",    "has",      "is",     "find",   "read",    "load",
        "lookup", "fetch",    "ask",    "prompt", "require", "with_prompt",
        "input",  "forgot",   "reset",  "remove", "delete",  "describe",
        "it",     "generate", "random", "missing"}) {
    if (verb.starts_with(word)) return true;
  }
  return false;
}

// name = bytes("x"), new Password("x"), env("X") || "y", Optional.of("x")
std::optional<Literal> wrapped_literal(std::string_view text, std::size_t at) {
  const std::string_view rest =
      text.substr(at, std::min<std::size_t>(line_end(text, at) - at, 200));
  for (const std::string_view before : {"|| ", "?? ", " or ", "?: "}) {
    const std::size_t found = rest.find(before);
    if (found == rest.npos) continue;
    std::size_t next = at + found + before.size();
    while (next < text.size() && is_blank(text[next])) ++next;
    return read_literal(text, next);
  }
  const std::size_t open = rest.find('(');
  if (open == rest.npos || open == 0) return std::nullopt;
  const std::string_view function = rest.substr(0, open);
  static constexpr auto kWrappers =
      std::to_array<std::string_view>({"bytes",
                                       "str",
                                       "String",
                                       "new String",
                                       "SecretStr",
                                       "Secret",
                                       "Password",
                                       "new Password",
                                       "Optional.of",
                                       "b64decode",
                                       "base64.b64decode",
                                       "Buffer.from",
                                       "[]byte",
                                       "Some",
                                       "String::from",
                                       "StringView",
                                       "std::string",
                                       "QString",
                                       "QStringLiteral",
                                       "N_",
                                       "new SecureString",
                                       "strdup",
                                       "to_string",
                                       "Secret.fromString"});
  if (std::find(kWrappers.begin(), kWrappers.end(), function) ==
      kWrappers.end()) {
    return default_of_lookup(text, at, function, open);
  }
  return read_literal(text, at + open + 1);
}

bool is_first_on_line(std::string_view text, std::size_t name_begin) {
  std::size_t at = name_begin;
  while (at > 0 && (is_blank(text[at - 1]) || text[at - 1] == '-')) --at;
  return at == 0 || text[at - 1] == '\n';
}

bool is_define(std::string_view text, std::size_t name_begin) {
  const std::string_view before =
      text.substr(0, name_begin).substr(name_begin > 12 ? name_begin - 12 : 0);
  return before.ends_with("define ") || before.ends_with("define\t") ||
         before.ends_with("ENV ") || before.ends_with("ARG ") ||
         before.ends_with("set ") || before.ends_with("SET ");
}

// create user x with password 'y'
bool is_sql(std::string_view text, std::size_t name_begin) {
  std::string before(text.substr(line_begin(text, name_begin),
                                 name_begin - line_begin(text, name_begin)));
  for (char& c : before) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return before.find("create user ") != before.npos ||
         before.find("create role ") != before.npos ||
         before.find("create login ") != before.npos ||
         before.find("alter user ") != before.npos ||
         before.find("alter role ") != before.npos ||
         before.find("alter login ") != before.npos;
}

// "Server=x;Password=y;Encrypt=z": each ends at its semicolon.
bool is_among_settings(std::string_view text, std::size_t name_begin) {
  std::size_t at = name_begin;
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at > 0 && text[at - 1] == ';';
}

bool is_inside_string(std::string_view text, std::size_t name_begin) {
  const std::size_t begin = line_begin(text, name_begin);
  if (name_begin - begin > 2000) return false;
  bool in_double = false, in_single = false;
  for (std::size_t i = begin; i < name_begin; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"' && !in_single) {
      in_double = !in_double;
    } else if (text[i] == '\'' && !in_double) {
      in_single = !in_single;
    }
  }
  return in_double || in_single;
}

// Two words more on the line, none of them another setting.
bool words_follow(std::string_view text, std::size_t end) {
  const std::string_view rest = text.substr(end, line_end(text, end) - end);
  if (rest.find_first_of("=#;&\"'") != rest.npos) return false;
  const auto words = std::count(rest.begin(), rest.end(), ' ');
  return words >= 2;
}

bool sentence_follows(std::string_view text, std::size_t end, FileKind kind) {
  while (end < text.size() && is_blank(text[end])) ++end;
  return end < text.size() && text[end] != '\n' && text[end] != '\r' &&
         text[end] != '#' && !(text[end] == '/' && kind != FileKind::prose);
}

}  // namespace overreach
