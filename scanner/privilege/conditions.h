// Whether the conditions of a rule file hold.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/probe.h"

namespace overreach {

// All values of a subject: of a variable, or at a pointer of a reply.
using Values =
    std::function<std::vector<std::string>(std::string_view subject)>;

bool holds(const Condition& condition, const Values& values);
bool all_hold(const std::vector<Condition>& conditions, const Values& values);
bool any_holds(const std::vector<Condition>& conditions, const Values& values);

// Whether the rule id fits one of the globs; no globs fit all.
bool is_for(const std::vector<std::string_view>& globs, std::string_view rule);

}  // namespace overreach
