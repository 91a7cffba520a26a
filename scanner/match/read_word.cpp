#include "scanner/match/read_word.h"

#include "scanner/core/shape.h"

namespace overreach {
namespace {

// Behind these words a line of a device's set-up goes on with the secret.
bool may_be_of_device(std::string_view word) {
  return word == "key" || word == "auth" || word == "secret" ||
         word == "password";
}

// Part of a name is what most words are, and most names are followed by nothing
// that a reader of calls, commands or rows wants: what comes behind decides
// whom to ask.
void read_around_name(const ReaderInput& input, const NamePlace& name,
                      Findings& out) {
  static constexpr CharSet kBehindColumn = char_set(",)`\"]\\ ");
  constexpr std::string_view kType7 = " 7 ";
  const std::string_view text = input.text;
  const std::size_t at = name.at, end = name.word_end;
  const char first = text[at];
  if (first == 'A') read_auth_plain(input, at, out);
  if (first == 'p' && end - at >= 6) read_passwd_command(input, at, out);
  if (end >= text.size()) return;
  const char next = text[end];
  if (next == '(' || next == '=') {
    if (first == 'a' || first == 'A' || first == 'c' || first == 'C' ||
        first == 'P') {
      read_call(input, at, out);
    }
    read_hash_call(input, at, out);
  }
  if (next == '-' || text.substr(end).starts_with(kType7)) {
    read_ios_type_7(input, at, out);
  }
  if (next == '-' ||
      (next == ' ' && may_be_of_device(text.substr(at, end - at)))) {
    read_device_line(input, at, out);
  }
  if (kBehindColumn.contains(next)) read_insert(input, name, out);
}

}  // namespace

void read_word(const ReaderInput& input, Word word, std::size_t at,
               Findings& out) {
  switch (word) {
    case Word::name: {
      const NamePlace name = find_name_place(input.text, at);
      read_around_name(input, name, out);
      return read_name(input, name, out);
    }
    case Word::url:
      return read_url(input, at, out);
    case Word::pem:
      return read_pem(input, at, out);
    case Word::scheme:
      return read_scheme(input, at, out);
    case Word::jwk:
      return read_jwk(input, at, out);
    case Word::command:
      read_connect(input, at, out);
      return read_command(input, at, out);
    case Word::sql:
      return read_sql(input, at, out);
    case Word::call:
      read_jaas(input, at, out);
      return read_call(input, at, out);
    case Word::secure:
      return read_secure_string(input, at, out);
    case Word::jdbc:
      read_connect(input, at, out);
      return read_jdbc(input, at, out);
    case Word::junos:
      return read_junos(input, at, out);
    case Word::flags:
      return read_flags(input, at, out);
    case Word::snmp:
      read_community(input, at, out);
      return read_name(input, find_name_place(input.text, at), out);
    case Word::dsn:
      return read_dsn(input, at, out);
  }
}

}  // namespace overreach
