// Which environment a name speaks of: "prod-eu-1", "STAGING_DB", "my-dev-box".
//
// Words count whole, never as a part of a longer one: "product", "latest" and
// "reproduce" say nothing.  A neighbour can turn a word ("pre-prod", "nonprod",
// "prod_copy", "live-reload").  Who knows that a text *is* the name of an
// environment (`environment: live`, `.env.ci`) asks label_of_environment, which
// also trusts the words that mean other things elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/report.h"

namespace overreach {

// Of EnvironmentLabel::strength: what a word like "production" or "uat" has at
// least; what a declaration, a form or a word that means nothing else has.
inline constexpr int kGoodWord = 2;
inline constexpr int kSure = 3;

// What a name says, and how surely.
struct EnvironmentLabel {
  EnvironmentClass value = EnvironmentClass::unknown;
  // 0 nothing, 1 a hint that needs a second one, kGoodWord, kSure.
  int strength = 0;
  std::string word;           // that said it, in lower case
  bool is_read_only = false;  // "prod-replica", "prod_ro"

  explicit operator bool() const { return strength > 0; }
  bool is_production() const { return value == EnvironmentClass::production; }
  // Of an environment that is known and not production.
  bool is_elsewhere() const {
    return value != EnvironmentClass::unknown && !is_production();
  }
};

// Of a name that may hold an environment among other words.
EnvironmentLabel label_of_name(std::string_view name);

// Of a text that is the name of an environment.
EnvironmentLabel label_of_environment(std::string_view name);

// Of a Git branch, where "main" is production's.
EnvironmentLabel label_of_branch(std::string_view name);

// The surest of several about one thing.  Where production and something else
// are both named the other one counts, weakly: "prod-staging" is some staging.
EnvironmentLabel surest_label(const std::vector<EnvironmentLabel>& labels);

// The class of label_of_name().
EnvironmentClass environment_of_name(std::string_view name);

// The words of a name in lower case, without digits: "prodDb-01_EU" gives prod,
// db, eu.
std::vector<std::string> words_of_name(std::string_view name);

}  // namespace overreach
