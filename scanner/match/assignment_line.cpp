#include "scanner/match/assignment_line.h"

#include <algorithm>
#include <array>
#include <string>

#include "scanner/base/text.h"
#include "scanner/match/assignment.h"
#include "scanner/match/lines.h"
#include "scanner/match/names.h"

namespace overreach {
namespace {

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

// Functions whose result is their argument in another form.
bool keeps_its_argument(std::string_view function) {
  static constexpr auto kWrappers =
      std::to_array<std::string_view>({"bytes",
                                       "str",
                                       "string",
                                       "secretstr",
                                       "secret",
                                       "password",
                                       "of",
                                       "b64decode",
                                       "b64encode",
                                       "from",
                                       "byte",
                                       "some",
                                       "stringview",
                                       "qstring",
                                       "n",
                                       "strdup",
                                       "tostring",
                                       "fromstring",
                                       "getbytes",
                                       "encode",
                                       "encrypt",
                                       "hash",
                                       "md5",
                                       "sha1",
                                       "sha256",
                                       "sha512",
                                       "createhash",
                                       "decode",
                                       "unhex",
                                       "fromhex",
                                       "cleartext",
                                       "secrettext",
                                       "securestring",
                                       "qstringliteral",
                                       "bcrypt",
                                       "tochararray",
                                       "encodebase64",
                                       "decodebase64",
                                       "hashpassword",
                                       "base64decode",
                                       "base64encode"});
  const std::size_t space = function.find_last_of(" .:>");
  std::string_view last =
      space == function.npos ? function : function.substr(space + 1);
  if (last.empty() || function.find_first_of(",;={\"'") != function.npos) {
    return false;
  }
  const std::string folded = normalized(last);
  return std::find(kWrappers.begin(), kWrappers.end(), folded) !=
         kWrappers.end();
}

}  // namespace

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
  const std::string_view rest = line_behind(text, at, 200);
  for (const std::string_view before : {"|| ", "?? ", " or ", "?: ", " : "}) {
    const std::size_t found = rest.find(before);
    if (found == rest.npos) continue;
    // The last part of a choice: x ? y : "z".
    if (before == " : " && rest.substr(0, found).find(" ? ") == rest.npos) {
      continue;
    }
    std::size_t next = at + found + before.size();
    while (next < text.size() && is_blank(text[next])) ++next;
    return read_literal(text, next);
  }
  const std::size_t open = rest.find('(');
  if (open == rest.npos || open == 0) return std::nullopt;
  const std::string_view function = rest.substr(0, open);
  if (!keeps_its_argument(function)) {
    return default_of_lookup(text, at, function, open);
  }
  std::size_t first = at + open + 1;
  while (first < text.size() && is_blank(text[first])) ++first;
  return read_literal(text, behind_line_break(text, first));
}

bool is_first_on_line(std::string_view text, std::size_t name_begin) {
  std::size_t at = name_begin;
  while (at > 0 && (is_blank(text[at - 1]) || text[at - 1] == '-')) --at;
  return at == 0 || text[at - 1] == '\n';
}

bool is_commented(std::string_view text, std::size_t name_begin) {
  std::size_t at = line_begin(text, name_begin);
  while (at < name_begin && is_blank(text[at])) ++at;
  const std::string_view line = text.substr(at);
  return at < name_begin && (line.starts_with("# ") || line.starts_with("//") ||
                             line.starts_with("* ") || line.starts_with("-- "));
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
  const std::size_t line = line_begin(text, name_begin);
  const std::string before = lower_case(text.substr(line, name_begin - line));
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

char open_quote(std::string_view text, std::size_t name_begin) {
  constexpr std::size_t kFar = 2000;
  const std::size_t begin = line_begin(text, name_begin, kFar + 1);
  if (name_begin - begin > kFar) return '\0';
  char open = '\0';
  for (std::size_t i = begin; i < name_begin; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == open) {
      open = '\0';
    } else if (open == '\0' && (text[i] == '"' || text[i] == '\'')) {
      open = text[i];
    }
  }
  return open;
}

bool is_inside_string(std::string_view text, std::size_t name_begin) {
  return open_quote(text, name_begin) != '\0';
}

std::size_t behind_line_break(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + 80);
  std::size_t next = at;
  bool broken = false;
  while (next < limit && (is_blank(text[next]) || text[next] == '\r' ||
                          (text[next] == '\n' && !broken))) {
    broken |= text[next] == '\n';
    ++next;
  }
  return broken ? next : at;
}

std::optional<Literal> next_in_list(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + 200);
  bool comma = false;
  while (at < limit) {
    const char c = text[at];
    if (c == '#' || (c == '/' && at + 1 < limit && text[at + 1] == '/')) {
      at = line_end(text, at);
    } else if (c == ',') {
      if (comma) return std::nullopt;
      comma = true;
      ++at;
    } else if (is_blank(c) || c == '\r' || c == '\n') {
      ++at;
    } else {
      const auto value = read_literal(text, at);
      if (!value || value->after >= text.size()) return std::nullopt;
      // Not the key of a map.
      std::size_t next = value->after;
      while (next < text.size() && is_blank(text[next])) ++next;
      const bool key =
          next < text.size() && (text[next] == ':' || text[next] == '=');
      return key ? std::nullopt : value;
    }
  }
  return std::nullopt;
}

std::optional<Literal> attribute_value(std::string_view text, std::size_t at) {
  const auto skip_blanks = [&] {
    while (at < text.size() && is_blank(text[at])) ++at;
  };
  skip_blanks();
  for (const std::string_view word : {"value", "content", "val"}) {
    if (!stands_at(text, at, word)) continue;
    at += word.size();
    skip_blanks();
    if (at >= text.size() || text[at] != '=') return std::nullopt;
    ++at;
    skip_blanks();
    return read_literal(text, at);
  }
  return std::nullopt;
}

std::optional<Literal> first_in_list(std::string_view text, std::size_t at) {
  static constexpr auto kOpenings = std::to_array<std::string_view>(
      {"[", "{", "new String[] {", "new String[]{", "new[] {", "new [] {",
       "[]string{", "List.of(", "Arrays.asList(", "Set.of(", "array(", "@(",
       "listOf(", "arrayOf(", "tuple(", "set(["});
  for (const std::string_view opening : kOpenings) {
    if (!stands_at(text, at, opening)) continue;
    if (const auto value = next_in_list(text, at + opening.size())) {
      return value;
    }
  }
  return std::nullopt;
}

bool is_field_of_form(std::string_view text, std::size_t name_begin,
                      const Literal& value) {
  const std::string_view type =
      text.substr(value.begin, value.end - value.begin);
  return name_begin > 0 && text.substr(0, name_begin - 1).ends_with("->add(") &&
         std::all_of(type.begin(), type.end(),
                     [](char c) { return c >= 'a' && c <= 'z'; });
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
