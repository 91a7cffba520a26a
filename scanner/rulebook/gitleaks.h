// Rule files in the format of gitleaks, so that a team can bring theirs:
// rules with regex, secretGroup, entropy, keywords, path and allow lists, and
// [extend] with path, useDefault and disabledRules.
// `useDefault` means our built-in rules, which are there anyway.
#pragma once

#include <string_view>

#include "scanner/base/result.h"
#include "scanner/base/toml.h"
#include "scanner/core/rule.h"

namespace overreach {

bool is_gitleaks(const toml::table& file);

// `name` is the file's path: [extend] path is relative to the current folder,
// as gitleaks reads it, or else to this file.
Status add_gitleaks(std::string_view name, const toml::table& file,
                    RuleSet& rules);

}  // namespace overreach
