// What finders ask of single names.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "scanner/core/environment.h"
#include "scanner/core/labelled_file.h"

namespace overreach {

inline bool is_good_production(const EnvironmentLabel& label) {
  return label.is_production() && label.strength >= kGoodWord;
}

// Of an environment that is known, and not production.
inline bool is_good_elsewhere(const EnvironmentLabel& label) {
  return label.is_elsewhere() && label.strength >= kGoodWord;
}

inline bool names_production(std::string_view name) {
  return is_good_production(label_of_name(name));
}

// Whether another origin says that the place is production's: a job for e2e
// tests in the workflow of production.
inline bool is_contested(const std::vector<Origin>& region) {
  return std::any_of(region.begin(), region.end(), [](const Origin& origin) {
    return is_good_production(origin.label);
  });
}

// Whether one of the keys is a word for production and nothing else: the arm of
// a map of environments.
inline bool is_in_production_arm(std::string_view path) {
  while (!path.empty()) {
    const std::string_view key = path.substr(0, path.find('.'));
    path.remove_prefix(key.size() < path.size() ? key.size() + 1 : key.size());
    if (names_production(key) && words_of_name(key).size() == 1) return true;
  }
  return false;
}

}  // namespace overreach
