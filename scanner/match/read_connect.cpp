// The password among the arguments of a call that connects to a database: it
// follows the user, which follows the host or the address.

#include <algorithm>
#include <optional>

#include "scanner/core/shape.h"
#include "scanner/match/assignment_line.h"
#include "scanner/match/lines.h"
#include "scanner/match/literal.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"

namespace overreach {
namespace {

// The literal that is argument `index`, counted from `at`: the begin of one.
std::optional<Literal> argument(std::string_view text, std::size_t at,
                                int index) {
  const std::size_t limit = std::min(line_end(text, at), at + 300);
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
                  Findings& out) {
  if (!value) return;
  const auto confidence =
      judge_password_here(part(input, value->begin, value->end));
  if (!confidence) return;
  add_finding(input, input.rules.find("generic-password"), value->begin,
              value->end, *confidence,
              "it is the password argument of a call that connects", {}, out);
}

}  // namespace

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
    return add_password(input, argument(text, close + 2, 1), out);
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
  add_password(input, argument(text, open + 1, 2), out);
}

}  // namespace overreach
