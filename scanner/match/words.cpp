#include "scanner/match/words.h"

#include "scanner/base/text.h"

namespace overreach {
namespace {

struct Literal {
  std::string_view text;  // lower case
  Word word;
};

constexpr std::array<Literal, 33> kLiterals = {{
    {"pass", Word::name},      {"pwd", Word::name},
    {"psw", Word::name},       {"psk", Word::name},
    {"secret", Word::name},    {"securestring", Word::secure},
    {"salt", Word::name},      {"seed", Word::name},
    {"cred", Word::name},      {"token", Word::name},
    {"auth", Word::name},      {"key", Word::name},
    {"kty", Word::jwk},        {"--begin", Word::pem},
    {"://", Word::url},        {"identified", Word::sql},
    {"curl", Word::command},   {"mysql", Word::command},
    {"basic ", Word::scheme},  {"bearer ", Word::scheme},
    {"login", Word::call},     {"mnemonic", Word::name},
    {"ser(", Word::call},      {"ind(", Word::call},
    {"psexec", Word::command}, {"jdbc:", Word::jdbc},
    {"$9$", Word::junos},      {" -u ", Word::flags},
    {"mmunity", Word::snmp},   {"cookie", Word::name},
    {"ndpw", Word::name},      {"otpw", Word::name},
    {"@tcp(", Word::dsn},
}};

// By the first character: which literals to compare.
constexpr auto make_ranges() {
  std::array<std::array<std::uint8_t, 8>, 128> table{};  // index + 1, or 0
  for (std::size_t i = 0; i < kLiterals.size(); ++i) {
    auto& entry = table[static_cast<std::size_t>(kLiterals[i].text[0])];
    std::size_t free = 0;
    while (entry[free] != 0) ++free;
    entry[free] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}
constexpr auto kByFirst = make_ranges();

}  // namespace

Word word_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<std::size_t>(lower_letter(text[at]));
  if (first >= kByFirst.size()) return Word::none;
  for (const std::uint8_t index : kByFirst[first]) {
    if (index == 0) break;
    const Literal& literal = kLiterals[index - 1u];
    if (at + literal.text.size() > text.size()) continue;
    std::size_t i = 1;
    while (i < literal.text.size() &&
           lower_letter(text[at + i]) == literal.text[i]) {
      ++i;
    }
    if (i == literal.text.size()) return literal.word;
  }
  return Word::none;
}

}  // namespace overreach
