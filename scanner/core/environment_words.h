// The words that speak of an environment, and those that turn them.  The
// vocabulary follows what GitLab, Vercel, Heroku, Railway and the like call
// environments, and what public repositories call theirs.
#pragma once

#include <string_view>

#include "scanner/core/report.h"

namespace overreach {

struct EnvironmentWord {
  std::string_view text;
  EnvironmentClass means;
  int strength;  // in a longer name
};

// Null when the word speaks of none.
const EnvironmentWord* find_environment_word(std::string_view word);

// What two words in a row mean together: "pre", "prod" is staging.  The class
// is `unknown` for a pair that says nothing ("post", "production": films).
struct EnvironmentPair {
  std::string_view first, second;
  EnvironmentClass means;
  int strength;
};

// Null when the two have no meaning of their own.
const EnvironmentPair* find_environment_pair(std::string_view first,
                                             std::string_view second);

// Whether `next` takes the meaning of `word`: "prod" of "prod-copy", "live" of
// "live-reload".
bool is_turned_by(std::string_view word, std::string_view next);

}  // namespace overreach
