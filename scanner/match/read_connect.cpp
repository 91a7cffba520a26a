// The password among the arguments of a call: of one that logs in it is the
// last literal; of one that connects to a database it follows the user, which
// follows the host or the address.

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>

#include "scanner/core/shape.h"
#include "scanner/core/test_file.h"
#include "scanner/match/assignment_line.h"
#include "scanner/match/lines.h"
#include "scanner/match/literal.h"
#include "scanner/match/other_uses.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"

namespace overreach {
namespace {

constexpr std::string_view kInCall = "it is an argument of a log-in call";
constexpr std::string_view kConnects =
    "it is the password argument of a call that connects";
constexpr std::string_view kHashed =
    "it is the argument of a call that hashes passwords";

// The literal that is argument `index`, counted from `at`: the begin of one.
std::optional<Literal> argument(std::string_view text, std::size_t at,
                                int index) {
  const std::size_t limit = line_end(text, at, 300);
  while (at < limit) {
    while (at < limit && text[at] == ' ') ++at;
    const auto literal = read_literal(text, at);
    if (index == 0) return literal;
    at = literal ? literal->after : at;
    at = text.find_first_of(",();", at);
    if (at >= limit || text[at] != ',') return std::nullopt;
    ++at;
    --index;
  }
  return std::nullopt;
}

void add_password(const ReaderInput& input, const std::optional<Literal>& value,
                  std::string_view reason, Findings& out) {
  if (!value) return;
  const auto confidence =
      judge_password_here(part(input, value->begin, value->end));
  if (!confidence) return;
  add_finding(input, input.rules.find("generic-password"), value->begin,
              value->end, *confidence, reason, {}, out);
}

bool takes_password(std::string_view function) {
  const Folded folded(function);
  const std::string_view name = folded.text();
  const auto begins = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return name.starts_with(word);
    });
  };
  // login, loginAs, auth_with: not LoginForm, nor Author.
  for (const std::string_view verb :
       {"login", "signin", "authenticate", "auth", "bind"}) {
    if (!name.starts_with(verb)) continue;
    const std::string_view rest = name.substr(verb.size());
    for (const std::string_view more :
         {"as", "with", "user", "using", "to", "in", "by", "and", "via",
          "admin", "plain", "basic", "simple", "request", "digest"}) {
      if (rest.starts_with(more)) return true;
    }
    return rest.empty();
  }
  if (name.ends_with("login") || name.ends_with("authenticate") ||
      name.ends_with("networkcredential") ||
      name.ends_with("passwordauthenticationtoken") ||
      name.ends_with("passwordauthentication") ||
      name.ends_with("passwordtoken") || name.ends_with("basicauth") ||
      name.ends_with("userpassword") || name.ends_with("passwordcredentials") ||
      name.ends_with("bind")) {
    return !begins({"get", "remove", "find", "is", "has", "rebind"});
  }
  return name.ends_with("user") && !name.ends_with("foruser") &&
         begins({"create", "set", "add", "with"});
}

// doSomething, C: letters only, and none of the words for a secret.
bool is_name_in_code(std::string_view value) {
  return normalized(value).find("pass") == std::string::npos &&
         std::all_of(value.begin(), value.end(),
                     [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
}

}  // namespace

void read_call(const ReaderInput& input, std::size_t at, Findings& out) {
  // client.login("user", "password"), create_user("u", "e@x", "password"),
  // new NetworkCredential("user", "x"): the last literal of two or more.
  const std::string_view text = input.text;
  if (input.kind != FileKind::code) return;
  std::size_t open = at;
  while (open < text.size() && open - at < 24 &&
         (kAlnum.contains(text[open]) || text[open] == '_')) {
    ++open;
  }
  // auth=("user", "x"): the pair of an HTTP client.
  const bool pair = text.substr(open).starts_with("=(");
  if (pair) ++open;
  if (open >= text.size() || text[open] != '(') return;
  std::size_t name = at;
  while (name > 0 && at - name < 40 &&
         (kAlnum.contains(text[name - 1]) || text[name - 1] == '_')) {
    --name;
  }
  const std::string_view function = part(input, name, open - pair);
  if (!takes_password(function)) return;
  const std::size_t limit = line_end(text, open, 300);
  std::optional<Literal> first, last;
  int literals = 0;
  for (std::size_t i = open + 1; i < limit;) {
    while (i < limit && (text[i] == ' ' || text[i] == ',')) ++i;
    if (i >= limit || text[i] == ')') break;
    if (const auto literal = read_literal(text, i)) {
      last = literal;
      if (!first) first = literal;
      ++literals;
      i = literal->after;
      if (text.substr(i).starts_with(".toCharArray()")) i += 14;
      if (i < limit && text[i] != ',' && text[i] != ')' && text[i] != ' ') {
        return;
      }
    } else {
      // Something else than a literal: only before the literals.
      if (literals > 0) break;
      i = text.find_first_of(",()", i);
      if (i == text.npos || i >= limit || text[i] != ',') return;
    }
  }
  if (literals < 2) return;
  const std::string_view user = part(input, first->begin, first->end);
  const std::string_view value = part(input, last->begin, last->end);
  const std::size_t sign = value.find('@');
  const bool is_address =
      sign != value.npos && value.find('.', sign) != value.npos;
  if (is_address || value.find_first_of("/ ") != value.npos) return;
  // What is bound to a name that is no distinguished one is a word of code.
  if (normalized(function) == "bind" &&
      user.find_first_of("=@\\") == user.npos && is_name_in_code(value)) {
    return;
  }
  auto confidence = judge_password_here(value);
  if (!confidence) return;
  // A word in small letters is as likely another argument.
  if (std::all_of(value.begin(), value.end(),
                  [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; }) ||
      is_wrong_on_purpose(value) ||
      (is_test_file(input.path) &&
       expects_refusal(part(input, line_begin(text, at), limit)))) {
    confidence = Confidence::low;
  }
  add_finding(input, input.rules.find("generic-password"), last->begin,
              last->end, *confidence, kInCall, function, out);
}

// hash_password("x"), generate_password_hash('x'), password_hash('x', y): what
// is hashed is given in clear.
void read_hash_call(const ReaderInput& input, std::size_t at, Findings& out) {
  static constexpr CharSet kName = char_set("A-Za-z0-9_");
  const std::string_view text = input.text;
  std::size_t open = at;
  while (open < text.size() && open - at < 24 && kName.contains(text[open])) {
    ++open;
  }
  if (open >= text.size() || text[open] != '(') return;
  if (input.kind != FileKind::code) return;
  std::size_t name = at;
  while (name > 0 && at - name < 24 && kName.contains(text[name - 1])) --name;
  constexpr std::size_t kShortest = 12;  // hashpassword
  if (open - name < kShortest) return;
  const Folded folded(part(input, name, open));
  const std::string_view function = folded.text();
  if (function.find("password") == function.npos ||
      function.find("hash") == function.npos ||
      function.find("check") != function.npos ||
      function.find("verify") != function.npos) {
    return;
  }
  const bool bytes = text.substr(open + 1).starts_with("b");
  add_password(input, argument(text, open + 1 + bytes, 0), kHashed, out);
}

void read_connect(const ReaderInput& input, std::size_t at, Findings& out) {
  const std::string_view text = input.text;
  if (input.kind != FileKind::code) return;
  if (const char quote = open_quote(text, at); quote != '\0') {
    // new PDO("mysql:host=x", "user", "x"), getConnection("jdbc:x", "u", "x")
    if (!text.substr(at).starts_with("mysql:") &&
        !text.substr(at).starts_with("jdbc:")) {
      return;
    }
    const std::size_t close =
        text.substr(0, line_end(text, at)).find(quote, at);
    if (close == text.npos || close + 1 >= text.size() ||
        text[close + 1] != ',') {
      return;
    }
    return add_password(input, argument(text, close + 2, 1), kConnects, out);
  }
  // mysqli_connect("host", "user", "x")
  std::size_t open = at;
  while (open < text.size() && open - at < 24 &&
         (kAlnum.contains(text[open]) || text[open] == '_')) {
    ++open;
  }
  const std::string_view name = part(input, at, open);
  if (open >= text.size() || text[open] != '(' ||
      (name != "mysqli" && !name.ends_with("connect"))) {
    return;
  }
  add_password(input, argument(text, open + 1, 2), kConnects, out);
}

}  // namespace overreach
