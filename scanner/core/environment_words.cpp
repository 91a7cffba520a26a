#include "scanner/core/environment_words.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace overreach {
namespace {

using Class = EnvironmentClass;

constexpr EnvironmentWord kWords[] = {
    {"production", Class::production, 3},
    {"prod", Class::production, 3},
    {"producao", Class::production, 3},
    {"produccion", Class::production, 3},
    {"produktion", Class::production, 3},
    {"prd", Class::production, 2},
    {"gprd", Class::production, 2},
    {"live", Class::production, 1},
    {"prodn", Class::production, 1},

    {"staging", Class::staging, 3},
    {"stg", Class::staging, 3},
    {"uat", Class::staging, 2},
    {"preprod", Class::staging, 2},
    {"preprd", Class::staging, 2},
    {"preproduction", Class::staging, 2},
    {"ppd", Class::staging, 2},
    {"gstg", Class::staging, 2},
    {"homolog", Class::staging, 2},
    {"homologacao", Class::staging, 2},
    {"hml", Class::staging, 2},
    {"recette", Class::staging, 2},
    {"stage", Class::staging, 1},
    {"pre", Class::staging, 1},
    {"model", Class::staging, 1},
    {"acc", Class::staging, 1},
    {"acceptance", Class::staging, 1},

    {"test", Class::test, 3},
    {"testing", Class::test, 3},
    {"tests", Class::test, 2},
    {"qa", Class::test, 3},
    {"e2e", Class::test, 3},
    {"itest", Class::test, 3},
    {"ci", Class::test, 1},
    {"tst", Class::test, 1},
    {"int", Class::test, 1},
    {"sit", Class::test, 1},
    {"qc", Class::test, 1},
    {"integration", Class::test, 1},

    {"dev", Class::development, 3},
    {"development", Class::development, 3},
    {"develop", Class::development, 1},
    {"devel", Class::development, 1},
    {"sandbox", Class::development, 1},
    {"sbx", Class::development, 1},

    {"local", Class::local, 1},
    {"localhost", Class::local, 3},

    {"preview", Class::preview, 2},
    {"review", Class::preview, 1},
    {"ephemeral", Class::preview, 1},
    {"demo", Class::preview, 1},
    {"pr", Class::preview, 1},

    {"nonprod", Class::nonprod, 2},
    {"nonproduction", Class::nonprod, 2},
    {"nprd", Class::nonprod, 2},
    {"np", Class::nonprod, 1},
};

constexpr EnvironmentPair kPairs[] = {
    {"pre", "prod", Class::staging, 2},
    {"pre", "prd", Class::staging, 2},
    {"pre", "production", Class::staging, 2},
    {"non", "prod", Class::nonprod, 2},
    {"non", "production", Class::nonprod, 2},
    {"no", "prod", Class::nonprod, 2},
    {"not", "prod", Class::nonprod, 2},
    {"not", "production", Class::nonprod, 2},
    {"prod", "like", Class::staging, 1},
    {"production", "like", Class::staging, 1},
    {"prod", "test", Class::staging, 1},
    {"test", "prod", Class::unknown, 0},
    {"post", "prod", Class::unknown, 0},
    {"post", "production", Class::unknown, 0},
    {"in", "production", Class::unknown, 0},  // SHOW_ERRORS_IN_PRODUCTION
};

// Each with the words behind it that take its meaning, space between them.
struct Turn {
  std::string_view word, by;
};

constexpr std::string_view kOfProduction =
    " copy clone dump mirror sanitized anonymized restore parity mode build "
    "ready ";

constexpr Turn kTurns[] = {
    {"prod", kOfProduction},
    {"production", kOfProduction},
    {"live",
     " reload server view kit stream streaming chat edit coding ness data test "
     "wire search share "},
    {"dev",
     " tools tool ops server deps dependencies container docs rel portal null "
     "to kit "},
    {"test", " ing net flight rail utils util helpers kit case cases data "},
    {"stage", " name names left right "},
    {"review", " s app "},
};

}  // namespace

const EnvironmentWord* find_environment_word(std::string_view word) {
  const auto* const at =
      std::find_if(std::begin(kWords), std::end(kWords),
                   [&](const EnvironmentWord& w) { return w.text == word; });
  return at == std::end(kWords) ? nullptr : at;
}

const EnvironmentPair* find_environment_pair(std::string_view first,
                                             std::string_view second) {
  const auto* const at = std::find_if(
      std::begin(kPairs), std::end(kPairs), [&](const EnvironmentPair& pair) {
        return pair.first == first && pair.second == second;
      });
  return at == std::end(kPairs) ? nullptr : at;
}

bool is_turned_by(std::string_view word, std::string_view next) {
  const std::string wanted = " " + std::string(next) + " ";
  return std::any_of(
      std::begin(kTurns), std::end(kTurns), [&](const Turn& turn) {
        return turn.word == word && turn.by.find(wanted) != turn.by.npos;
      });
}

}  // namespace overreach
