// Passwords in the configuration of routers and in JDBC addresses.

#include <algorithm>

#include "scanner/core/shape.h"
#include "scanner/match/lines.h"
#include "scanner/match/literal.h"
#include "scanner/match/readers.h"
#include "scanner/match/value.h"
#include "scanner/match/value_forms.h"

namespace overreach {
namespace {

constexpr CharSet kHexUpper = char_set("0-9A-F");
constexpr CharSet kJunos = char_set("A-Za-z0-9./-");
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

void read_jaas(const ReaderInput& input, std::size_t at, Findings& out) {
  // PlainLoginModule required username="a" user_a="x" user_b="y";
  const std::string_view text = input.text;
  if (!text.substr(at).starts_with("LoginModule")) return;
  const TokenRule* rule = input.rules.find("kafka-sasl-jaas-password");
  const std::size_t limit = std::min(text.size(), at + kMaxJaas);
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
  const std::size_t limit = std::min(line_end(text, at), at + 300);
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
