// Which credentials could do irreparable harm.
#pragma once

#include <string>
#include <vector>

#include "scanner/crossing/collector.h"

namespace overreach {

// Belongs to production.
bool is_productions(const Credential& credential);

// It holds everything of an account, or may write in production; and it stands
// where a real one would.
bool is_dangerous(const Credential& credential);

// All of these, the worst first.  Pointers into `credentials`.
std::vector<const Credential*> dangerous_credentials(
    const std::vector<Credential>& credentials);

// "root in production".
std::string reach_of(const Credential& credential);

// Those of production: a bare command is enough to reach them.
std::vector<const AmbientTarget*> production_targets(
    const std::vector<AmbientTarget>& targets);

// "the Kubernetes context acme-prod".
std::string name_of(const AmbientTarget& target);

}  // namespace overreach
