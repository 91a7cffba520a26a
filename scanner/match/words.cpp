#include "scanner/match/words.h"

namespace overreach {
namespace {

struct Literal {
  std::string_view text;  // lower case
  Word word;
};

constexpr std::array<Literal, 24> kLiterals = {{
    {"pass", Word::name},     {"pwd", Word::name},
    {"psw", Word::name},      {"psk", Word::name},
    {"secret", Word::name},   {"securestring", Word::secure},
    {"salt", Word::name},     {"seed", Word::name},
    {"cred", Word::name},     {"token", Word::name},
    {"auth", Word::name},     {"key", Word::name},
    {"kty", Word::jwk},       {"--begin", Word::pem},
    {"://", Word::url},       {"identified", Word::sql},
    {"curl", Word::command},  {"mysql", Word::command},
    {"basic ", Word::scheme}, {"bearer ", Word::scheme},
    {"login", Word::call},    {"mnemonic", Word::name},
    {"jdbc:", Word::jdbc},    {"$9$", Word::junos},
}};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

Word word_at(std::string_view text, std::size_t at) {
  const char first = lower(text[at]);
  for (const Literal& literal : kLiterals) {
    if (literal.text[0] != first ||
        at + literal.text.size() > text.size()) {
      continue;
    }
    std::size_t i = 1;
    while (i < literal.text.size() && lower(text[at + i]) == literal.text[i]) {
      ++i;
    }
    if (i == literal.text.size()) return literal.word;
  }
  return Word::none;
}

}  // namespace overreach
