// Passwords in the configuration of routers and in JDBC addresses.

#include <algorithm>
#include <array>
#include <initializer_list>
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

constexpr CharSet kHexUpper = char_set("0-9A-F");
constexpr CharSet kJunos = char_set("A-Za-z0-9./-");
constexpr CharSet kBlank = char_set(" ");
constexpr CharSet kBlankOrItem = char_set(" \"'-");
constexpr std::size_t kMinHex = 6;
constexpr std::size_t kMaxJaas = 1000;

void add(const TokenRule* rule, std::size_t begin, std::size_t end,
         std::string_view reason, Findings& out) {
  if (!rule) return;
  Finding finding;
  finding.rule = rule;
  finding.begin = begin;
  finding.end = end;
  finding.reasons = {reason};
  finding.priority = kByKeyName;
  out.push_back(std::move(finding));
}

const TokenRule* network_rule(const ReaderInput& input,
                              std::string_view provider) {
  for (const std::uint32_t index : input.with(Finder::network_config)) {
    const TokenRule& rule = input.rules.tokens[index];
    if (rule.provider == provider) return &rule;
  }
  return nullptr;
}

struct Word {
  std::size_t begin, end;
};

// The next word of a line, without quotes around it.
std::optional<Word> next_word(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  if (at >= text.size()) return std::nullopt;
  const bool quoted = text[at] == '"';
  at += quoted;
  const std::size_t limit = std::min(text.size(), at + 200);
  std::size_t end = at;
  while (end < limit && std::string_view(" \t\r\n\"';\\").find(text[end]) ==
                            std::string_view::npos) {
    ++end;
  }
  if (end == at) return std::nullopt;
  return Word{at, end};
}

bool is_one_of(std::string_view text, Word word,
               std::initializer_list<std::string_view> list) {
  const std::string_view value = text.substr(word.begin, word.end - word.begin);
  return std::find(list.begin(), list.end(), value) != list.end();
}

// "enable password x", "neighbor 10.0.0.1 password x": no form is named.
bool is_device_directive(std::string_view text, std::size_t at, FileKind kind) {
  std::size_t line = line_begin(text, at);
  // Of a list of directives in YAML, too.
  const CharSet& before = kind == FileKind::settings ? kBlankOrItem : kBlank;
  while (line < at && before.contains(text[line])) ++line;
  const std::string_view start = text.substr(line, at - line);
  static constexpr auto kStarts = std::to_array<std::string_view>(
      {"enable ", "neighbor ", "tacacs-server ", "radius-server ",
       "crypto isakmp ", "username ", "ppp ", "user ", "set system "});
  return std::any_of(
      kStarts.begin(), kStarts.end(),
      [&](std::string_view word) { return start.starts_with(word); });
}

// A word in small letters, a conventional one, or the user's own name.
bool is_common(std::string_view text, Word word) {
  std::string_view value = text.substr(word.begin, word.end - word.begin);
  while (!value.empty() && std::string_view(",.;:)").find(value.back()) !=
                               std::string_view::npos) {
    value.remove_suffix(1);  // of a sentence
  }
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  if (value.starts_with("public") || value.starts_with("private") ||
      value.starts_with("test")) {
    return true;
  }
  const std::size_t line = line_begin(text, word.begin);
  return std::all_of(value.begin(), value.end(), is_small) &&
         (value.size() < 5 ||
          text.substr(line, word.begin - line).find("community") ==
              std::string_view::npos);
}

void judge_word(const ReaderInput& input, Word word, std::string_view key,
                Findings& out) {
  auto confidence = judge_password_here(part(input, word.begin, word.end));
  if (!confidence) return;
  if (is_common(input.text, word)) confidence = Confidence::low;
  add_finding(input, input.rules.find("generic-password"), word.begin, word.end,
              *confidence, "it is a password of a network device", key, out);
}

}  // namespace

void read_ios_type_7(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  std::size_t word_end = at;
  while (word_end < text.size() && word_end - at < 20 &&
         (kAlnum.contains(text[word_end]) || text[word_end] == '-')) {
    ++word_end;
  }
  if (!text.substr(word_end).starts_with(" 7 ")) return;
  const std::size_t begin = word_end + 3;
  std::size_t end = begin;
  while (end < text.size() && kHexUpper.contains(text[end])) ++end;
  const std::size_t length = end - begin;
  if (length < kMinHex || length % 2 != 0 || length > 106 ||
      text[begin] > '5' || (end < text.size() && kAlnum.contains(text[end]))) {
    return;
  }
  add(network_rule(input, "cisco"), begin, end,
      "a type 7 password, which anybody can undo", out);
}

void read_junos(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  std::size_t end = at + 3;
  while (end < text.size() && kJunos.contains(text[end])) ++end;
  if (end - at < 8 || (end < text.size() && text[end] == '$')) return;
  if (at == 0 ||
      (text[at - 1] != '"' && text[at - 1] != ' ' && text[at - 1] != '\'')) {
    return;
  }
  add(network_rule(input, "juniper"), at, end,
      "a $9$ password, which anybody can undo", out);
}

void read_community(const ReaderInput& input, std::size_t at, Findings& out) {
  // snmp-server community x group y, rocommunity x 10.0.0.0/8, community read x
  const std::string_view text = input.text;
  const std::size_t line = line_begin(text, at);
  std::size_t begin = at + std::string_view("mmunity").size();
  std::size_t first = line;
  while (first < at && (text[first] == ' ' || text[first] == '\t')) ++first;
  const std::string_view start = text.substr(first, at - first);
  static constexpr auto kStarts = std::to_array<std::string_view>(
      {"snmp", "set snmp", "rocommunity", "rwcommunity", "trapcommunity",
       "com2sec", "no snmp", "rocommunity6", "set service snmp"});
  const bool is_directive =
      std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view word) {
        return text.substr(first).starts_with(word) && start.size() < 60;
      });
  if (!is_directive || begin >= text.size() || text[begin] != ' ') return;
  auto word = next_word(text, begin);
  if (word &&
      (is_one_of(text, *word, {"read", "write", "ro", "rw", "cipher"}))) {
    word = next_word(text, word->end);
  }
  if (!word) return;
  judge_word(input, *word, "community", out);
}

void read_device_line(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  std::size_t end = at;
  while (end < text.size() && end - at < 20 &&
         (kAlnum.contains(text[end]) || text[end] == '-')) {
    ++end;
  }
  if (end + 3 >= text.size() || text[end] != ' ') return;
  const std::string_view name = text.substr(at, end - at);
  if (name == "auth" && text.substr(0, at).ends_with("stats ")) {
    // HAProxy: stats auth user:x
    const auto word = next_word(text, end);
    if (!word) return;
    const std::size_t colon = text.find(':', word->begin);
    if (colon >= word->end) return;
    return judge_word(input, {colon + 1, word->end}, "stats auth", out);
  }
  if (name == "auth") {
    // snmp-server user x auth md5 KEY priv aes-128 KEY
    auto word = next_word(text, end);
    if (!word ||
        !is_one_of(text, *word, {"md5", "sha", "MD5", "SHA", "sha-256"})) {
      return;
    }
    word = next_word(text, word->end);
    if (!word) return;
    judge_word(input, *word, name, out);
    word = next_word(text, word->end);
    if (!word || !is_one_of(text, *word, {"priv"})) return;
    word = next_word(text, word->end);
    while (word &&
           is_one_of(text, *word,
                     {"des", "3des", "aes", "aes-128", "128", "192", "256"})) {
      word = next_word(text, word->end);
    }
    if (word) judge_word(input, *word, "priv", out);
    return;
  }
  // The digit is the form of what follows: 0 is plain text.
  if (name != "password" && name != "secret" && name != "key" &&
      name != "key-string" && name != "password-value") {
    return;
  }
  auto word = next_word(text, end);
  if (!word) return;
  if (is_one_of(text, *word, {"0", "ascii-text"})) {
    word = next_word(text, word->end);
  } else if (!is_device_directive(text, at, input.kind)) {
    return;
  } else if (is_one_of(text, *word, {"7"})) {
    // Arista's form 7 is Base64 under a key that everybody knows.
    word = next_word(text, word->end);
    if (word && !part(input, word->begin, word->end).ends_with('=')) return;
  }
  if (!word || word->end - word->begin < 4) return;
  const std::size_t rest = word->end;
  const bool ends = rest >= text.size() || text[rest] == '\n' ||
                    text[rest] == '\r' || text[rest] == '"' ||
                    text[rest] == '\'' || text[rest] == '\\' ||
                    text[rest] == ' ' || text[rest] == ';';
  if (ends) judge_word(input, *word, name, out);
}

void read_jaas(const ReaderInput& input, std::size_t at, Findings& out) {
  // PlainLoginModule required username="a" user_a="x" user_b="y";
  const std::string_view text = input.text;
  if (!text.substr(at).starts_with("LoginModule")) return;
  const TokenRule* rule = input.rules.find("kafka-sasl-jaas-password");
  const std::size_t limit = std::min(text.size(), at + kMaxJaas);
  note_far_look(input, at, at, limit);
  const std::string_view options =
      text.substr(at, std::min(text.find(';', at), limit) - at);
  constexpr std::string_view kUser = "user_";
  for (std::size_t i = 0; (i = options.find(kUser, i)) != options.npos;) {
    i = options.find('=', i);
    if (i == options.npos) return;
    const auto literal = read_literal(text, at + i + 1);
    if (!literal) continue;
    const std::string_view value =
        text.substr(literal->begin, literal->end - literal->begin);
    if (is_placeholder(value) || is_weak(value)) continue;
    add(rule, literal->begin, literal->end,
        "it is the password of a user of a log-in module", out);
  }
}

void read_jdbc(const ReaderInput& input, std::size_t at, Findings& out) {
  // jdbc:oracle:thin:user/password@...
  const std::string_view text = input.text;
  constexpr std::string_view kOracle = "jdbc:oracle:";
  if (!text.substr(at).starts_with(kOracle)) return;
  const std::size_t driver = text.find(':', at + kOracle.size());
  const std::size_t limit = line_end(text, at, 300);
  if (driver == text.npos || driver >= limit) return;
  const std::size_t slash = text.find('/', driver);
  const std::size_t sign = text.find('@', driver);
  if (sign == text.npos || sign >= limit || slash >= sign) return;
  const std::string_view password = text.substr(slash + 1, sign - slash - 1);
  if (is_placeholder(password)) return;
  for (const std::uint32_t index : input.with(Finder::connection_string)) {
    const TokenRule& rule = input.rules.tokens[index];
    if (!rule.schemes.empty()) {
      add(&rule, slash + 1, sign, "it stands as the password of an address",
          out);
      return;
    }
  }
}

}  // namespace overreach
