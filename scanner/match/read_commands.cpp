// Passwords on command lines and in SQL statements.

#include <algorithm>
#include <optional>

#include "scanner/core/shape.h"
#include "scanner/match/lines.h"
#include "scanner/match/literal.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"
#include "scanner/match/value.h"
#include "scanner/match/value_forms.h"

namespace overreach {
namespace {

constexpr std::string_view kInCommand = "it is a password of a command";

// Text without the escapes and quotes between words of a command.
struct Span {
  std::size_t begin, end;
};

std::optional<Span> next_word(std::string_view text, std::size_t at,
                              std::size_t limit) {
  while (at < limit && (text[at] == ' ' || text[at] == '\t')) ++at;
  if (at >= limit) return std::nullopt;
  if (text[at] == '"' || text[at] == '\'') {
    const std::size_t close = text.find(text[at], at + 1);
    if (close == text.npos || close >= limit) return std::nullopt;
    return Span{at + 1, close};
  }
  std::size_t end = at;
  while (end < limit && std::string_view(" \t\"'`;|&<>)\\,").find(text[end]) ==
                            std::string_view::npos) {
    ++end;
  }
  if (end == at) return std::nullopt;
  return Span{at, end};
}

// auth_string, storage_path: what stands for a value.
bool is_name(std::string_view value) {
  return value.find('_') != value.npos &&
         is_identifier_of_words(value, makeup_of(value)) &&
         makeup_of(value).digits == 0;
}

// user:password behind an option.
void add_user_pair(const ReaderInput& input, Span word, Findings& out) {
  const std::string_view pair = part(input, word.begin, word.end);
  const std::size_t colon = pair.find(':');
  if (colon == pair.npos || colon == 0 || colon + 1 == pair.size()) return;
  const std::string_view password = pair.substr(colon + 1);
  if (is_placeholder(pair.substr(0, colon)) && pair.find('$') != pair.npos) {
    return;
  }
  const auto confidence = judge_password_here(password);
  if (!confidence) return;
  add_finding(input, rule_for(input, Finder::command, word.begin, word.end),
              word.begin + colon + 1, word.end, *confidence, kInCommand,
              part(input, word.begin, word.begin + colon), out);
}

// Commands whose -p or -w behind -u is something else than a password.
bool hides_port_or_prompt(std::string_view text, std::size_t at) {
  const std::string_view before =
      text.substr(line_begin(text, at), at - line_begin(text, at));
  for (const std::string_view command : {"mysql",
                                         "maria",
                                         "sudo",
                                         "docker run",
                                         "docker exec",
                                         "podman",
                                         "docker-compose",
                                         "ssh ",
                                         "scp ",
                                         "psql",
                                         "pg_",
                                         "useradd",
                                         "usermod",
                                         "read",
                                         "install",
                                         "git ",
                                         "cp ",
                                         "ps ",
                                         "curl",
                                         "mkdir",
                                         "kubectl",
                                         "create",
                                         "drop",
                                         "sort",
                                         "diff",
                                         "journalctl",
                                         "runuser",
                                         "su "}) {
    if (before.find(command) != before.npos) return true;
  }
  return false;
}

void add_password_word(const ReaderInput& input, Span word, Findings& out) {
  const std::string_view value = part(input, word.begin, word.end);
  if (value.starts_with('-')) return;
  const auto confidence = judge_password_here(value);
  if (!confidence) return;
  add_finding(input, rule_for(input, Finder::command, word.begin, word.end),
              word.begin, word.end, *confidence, kInCommand, {}, out);
}

}  // namespace

void read_command(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  if (at > 0 && kAlnum.contains(text[at - 1])) return;
  const bool curl = (text[at] | 32) == 'c';
  const bool psexec = (text[at] | 32) == 'p';
  const std::size_t line = line_end(text, at);
  std::size_t limit = std::min(line, at + 1500);
  if (line < text.size() && text.substr(0, line).ends_with('\\')) {
    note_far_look(input, at, at, at + 1500);
  }
  // A command goes on behind a backslash.
  while (limit > at && limit < text.size() && limit - at < 1500 &&
         text[limit - 1] == '\\') {
    limit = std::min(line_end(text, limit + 1), at + 1500);
  }
  for (std::size_t i = at; i + 2 < limit; ++i) {
    if (text[i] != ' ' || text[i + 1] != '-') continue;
    const std::string_view option = text.substr(i + 1, limit - i - 1);
    const auto behind = [&](std::string_view name) {
      return option.starts_with(name);
    };
    if (curl && (behind("-u ") || behind("--user ") || behind("--user=") ||
                 behind("--proxy-user ") || behind("-u\"") || behind("-u'"))) {
      const std::size_t skip = option.find_first_of(" ='\"");
      const bool quote = option[skip] == '"' || option[skip] == '\'';
      if (const auto word = next_word(text, i + 1 + skip + !quote, limit)) {
        add_user_pair(input, *word, out);
      }
    } else if (psexec && option.starts_with("-p ")) {
      if (const auto word = next_word(text, i + 4, limit)) {
        add_password_word(input, *word, out);
      }
    } else if (!curl && option.starts_with("-p") && option.size() > 3 &&
               option[2] != ' ' && option[2] != 'o' && option[2] != 'r') {
      // mysql takes the password right behind -p.
      if (const auto word = next_word(text, i + 3, limit)) {
        add_password_word(input, *word, out);
      }
    }
  }
}

void read_flags(const ReaderInput& input, std::size_t at, Findings& out) {
  // tool -u name -p password: the options of one command.
  const std::string_view text = input.text;
  const std::size_t limit = line_end(text, at, 300);
  const auto user = next_word(text, at + 4, limit);
  if (!user || text[user->begin] == '-') return;
  if (hides_port_or_prompt(text, at)) return;
  for (std::size_t i = user->end; i + 4 < limit; ++i) {
    if (std::string_view("|;&").find(text[i]) != std::string_view::npos) return;
    if (text[i] != ' ' || text[i + 1] != '-' || text[i + 3] != ' ') continue;
    if (std::string_view("pPwW").find(text[i + 2]) == std::string_view::npos) {
      continue;
    }
    const auto word = next_word(text, i + 4, limit);
    if (!word) return;
    const std::string_view value = part(input, word->begin, word->end);
    // A port, a path, an address, a format, what to give in a usage text.
    if (value.size() < 4 || value.front() == '-' || value.front() == '%' ||
        value.find_first_of("/:{}$") != value.npos || is_name(value) ||
        std::all_of(value.begin(), value.end(),
                    [](char c) { return c >= '0' && c <= '9'; })) {
      return;
    }
    return add_password_word(input, *word, out);
  }
}

// htpasswd -b [-C cost] file user x, htpasswd -nb user x
void read_htpasswd(const ReaderInput& input, std::size_t at, std::size_t limit,
                   Findings& out) {
  bool with_password = false;
  std::size_t names = 2;  // in front of the password
  for (auto word = next_word(input.text, at, limit); word;
       word = next_word(input.text, at, limit)) {
    const std::string_view value = part(input, word->begin, word->end);
    at = word->end + (word->end < limit && (input.text[word->end] == '"' ||
                                            input.text[word->end] == '\''));
    if (value.starts_with('-')) {
      with_password |= value.find('b') != value.npos;
      if (value.find('n') != value.npos) names = 1;
      names += value.find_first_of("Cr") != value.npos;
    } else if (names > 0) {
      --names;
    } else {
      if (with_password) add_password_word(input, *word, out);
      return;
    }
  }
}

void read_passwd_command(const ReaderInput& input, std::size_t at,
                         Findings& out) {
  // echo "user:x" | chpasswd, echo x | passwd --stdin user,
  // htpasswd -b file user x
  const std::string_view text = input.text;
  if (at < 2 || !text.substr(at).starts_with("passwd")) return;
  const std::size_t line = line_begin(text, at);
  const std::size_t limit = line_end(text, at);
  if (text.substr(at - 2).starts_with("htpasswd ")) {
    return read_htpasswd(input, at + 7, limit, out);
  }
  const bool pairs = text[at - 1] == 'h';
  if (!pairs && !text.substr(at).starts_with("passwd --stdin")) return;
  const std::size_t echo = part(input, line, at).rfind("echo ");
  if (echo == std::string_view::npos) return;
  std::size_t begin = line + echo + 5;
  if (text.substr(begin).starts_with("-")) {
    begin = std::min(text.find(' ', begin), limit);
  }
  const auto word = next_word(text, begin, at);
  if (!word) return;
  if (pairs) return add_user_pair(input, *word, out);
  add_password_word(input, *word, out);
}

void read_secure_string(const ReaderInput& input, std::size_t at,
                        Findings& out) {
  // ConvertTo-SecureString "x" -AsPlainText; "x" | ConvertTo-SecureString ...
  const std::string_view text = input.text;
  constexpr std::string_view kVerb = "ConvertTo-";
  if (at < kVerb.size() || (text[at - 1] != '-')) return;
  const std::size_t command = at - kVerb.size();
  const std::size_t limit = line_end(text, at);
  const std::size_t line = line_begin(text, at);
  const std::string_view rest = text.substr(at, limit - at);
  if (rest.find("lainText") == rest.npos &&
      rest.find("laintext") == rest.npos) {
    return;
  }
  const std::size_t pipe = text.substr(0, command).find_last_not_of(' ');
  if (pipe != text.npos && pipe > line + 2 && text[pipe] == '|') {
    std::size_t close = pipe - 1;
    while (close > line && (text[close] == ' ' || text[close] == ')')) --close;
    const char quote = text[close];
    if (quote != '"' && quote != '\'') return;
    const std::size_t open = text.rfind(quote, close - 1);
    if (open == text.npos || open < line) return;
    return add_password_word(input, {open + 1, close}, out);
  }
  const std::size_t open = rest.find_first_of("\"'");
  if (open == rest.npos || open > rest.find(')')) {
    std::size_t word_at = at + std::string_view("securestring").size();
    for (int i = 0; i < 4; ++i) {
      const auto word = next_word(text, word_at, limit);
      if (!word) return;
      if (text[word->begin] != '-' && text[word->begin] != '$') {
        return add_password_word(input, *word, out);
      }
      word_at = word->end;
    }
    return;
  }
  if (const auto literal = read_literal(text, at + open)) {
    add_password_word(input, {literal->begin, literal->end}, out);
  }
}

void read_sql(const ReaderInput& input, std::size_t at, Findings& out) {
  // IDENTIFIED BY 'x', IDENTIFIED WITH plugin BY 'x', IDENTIFIED BY PASSWORD
  // 'x' Prose has "identified by" too: outside of .sql only the shouted form
  // counts.
  const std::string_view text = input.text;
  const std::size_t limit = line_end(text, at, 200);
  std::size_t i = at + std::string_view("identified").size();
  for (; i + 3 < limit; ++i) {
    if ((text[i] | 32) == 'b' && (text[i + 1] | 32) == 'y' &&
        text[i - 1] == ' ' && text[i + 2] == ' ') {
      break;
    }
  }
  if (i + 3 >= limit) return;
  i += 3;
  while (i < limit && text[i] == ' ') ++i;
  const bool shouted = text[at] == 'I' && text[at + 1] == 'D';
  const auto literal = read_literal(text, i);
  std::size_t begin, end;
  if (literal && text[i] != '`' && (shouted || input.path.ends_with(".sql"))) {
    begin = literal->begin;
    end = literal->end;
  } else if (const auto word = next_word(text, i, limit);
             word && shouted && text[i] != '`') {
    begin = word->begin;
    end = word->end;
    const std::string_view value = part(input, begin, end);
    if (value.find('(') != value.npos || value.starts_with(':') ||
        value.starts_with('?') || value.starts_with('@') || is_name(value)) {
      return;  // an expression, a parameter or its name
    }
  } else {
    return;
  }
  const auto confidence = judge_password_here(part(input, begin, end));
  if (!confidence) return;
  add_finding(input, rule_for(input, Finder::sql, begin, end), begin, end,
              *confidence, "it is a password of an SQL statement",
              "IDENTIFIED BY", out);
}

}  // namespace overreach
