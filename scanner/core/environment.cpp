#include "scanner/core/environment.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace overreach {
namespace {

using Class = EnvironmentClass;

struct Word {
  std::string_view text;
  Class means;
};

constexpr std::array<Word, 27> kWords = {{
    {"prod", Class::production},       {"production", Class::production},
    {"prd", Class::production},        {"live", Class::production},
    {"staging", Class::staging},       {"stage", Class::staging},
    {"stg", Class::staging},           {"preprod", Class::staging},
    {"preproduction", Class::staging}, {"uat", Class::staging},
    {"qa", Class::test},               {"test", Class::test},
    {"tests", Class::test},            {"testing", Class::test},
    {"e2e", Class::test},              {"ci", Class::test},
    {"sandbox", Class::test},          {"dev", Class::development},
    {"develop", Class::development},   {"development", Class::development},
    {"preview", Class::preview},       {"nonprod", Class::nonprod},
    {"nonproduction", Class::nonprod}, {"nprd", Class::nonprod},
    {"local", Class::local},           {"localhost", Class::local},
    {"demo", Class::nonprod},
}};

// Words that take the meaning of the word before them: "prod-copy" is none of
// production, "test-data" none of a test environment.
struct Turn {
  std::string_view first, second;
};
constexpr std::array<Turn, 32> kTurns = {{
    {"prod", "copy"},      {"prod", "clone"},      {"prod", "dump"},
    {"prod", "mirror"},    {"prod", "sanitized"},  {"prod", "anonymized"},
    {"prod", "restore"},   {"prod", "parity"},     {"prod", "mode"},
    {"prod", "build"},     {"prod", "ready"},      {"live", "reload"},
    {"live", "server"},    {"live", "view"},       {"live", "kit"},
    {"live", "stream"},    {"live", "chat"},       {"live", "edit"},
    {"live", "share"},     {"live", "search"},     {"dev", "tools"},
    {"dev", "ops"},        {"dev", "server"},      {"dev", "deps"},
    {"dev", "container"},  {"dev", "docs"},        {"dev", "rel"},
    {"dev", "portal"},     {"test", "utils"},      {"test", "helpers"},
    {"test", "data"},      {"test", "cases"},
}};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// "prodDb-01_EU" -> prod, db, eu.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  char before = 0;
  for (const char c : name) {
    const bool letter = is_lower(c) || is_upper(c);
    if ((!letter || (is_lower(before) && is_upper(c))) &&
        !words.back().empty()) {
      words.emplace_back();
    }
    if (letter) words.back() += is_upper(c) ? static_cast<char>(c + 32) : c;
    before = c;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool is_production(std::string_view word) {
  return word == "prod" || word == "production";
}

// "pre" + "prod" is staging, "non" + "prod" is not production.
void join_pairs(std::vector<std::string>& words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!is_production(words[i + 1])) continue;
    const std::string& first = words[i];
    if (first == "pre") {
      words[i] = "preprod";
    } else if (first == "non" || first == "not" || first == "no") {
      words[i] = "nonprod";
    } else if (first != "post") {  // of films
      continue;
    }
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

bool is_turned(std::string_view word, std::string_view next) {
  if (word == "production") word = "prod";
  return std::any_of(kTurns.begin(), kTurns.end(), [&](const Turn& turn) {
    return turn.first == word && turn.second == next;
  });
}

Class class_of(std::string_view word) {
  const auto at = std::find_if(kWords.begin(), kWords.end(),
                               [&](const Word& w) { return w.text == word; });
  return at == kWords.end() ? Class::unknown : at->means;
}

}  // namespace

EnvironmentClass environment_of_name(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  join_pairs(words);
  Class found = Class::unknown;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 1 < words.size() && is_turned(words[i], words[i + 1])) {
      ++i;
      continue;
    }
    const Class means = class_of(words[i]);
    // Of two the one that is not production counts: "prod-staging".
    if (means == Class::unknown) continue;
    if (found == Class::unknown || found == Class::production) found = means;
  }
  return found;
}

}  // namespace overreach
