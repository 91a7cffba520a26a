// Which credentials could do irreparable harm.
#pragma once

#include <string>
#include <vector>

#include "scanner/crossing/collector.h"

namespace overreach {

// Belongs to production.
bool is_productions(const Credential& credential);

// No provider issued it: a password, or what a program signs its sessions with.
bool is_self_made(const Credential& credential);

// An id whose secret does not stand near it: of no use alone.
bool is_half(const Credential& credential);

// Known only by what stands around it, and called another's somewhere:
// HELIUS_API_KEY in a note that speaks of Railway.
bool is_anothers(const Credential& credential);

// It ends by itself within hours, and a commit is older than that by the time
// somebody reads it.
bool is_over(const Credential& credential, const Place& place);

// By its form it is for tests (sk_test_...): whatever is done with it, nobody
// pays.
bool is_for_tests(const Credential& credential);

// A stored hash: nobody logs in with it as it stands.
bool is_hash(const Credential& credential);

// What it opens runs on the machine of whoever uses it, or in a container
// beside it.
bool is_of_own_machine(const Credential& credential);

// Whether nobody would look for a real one there: in tests; in documentation,
// which shows what has no form of its own with values that it made up; where
// it belongs to a project called "fillme".
bool is_example_at(const Credential& credential, const Place& place);

// It holds everything of an account at a provider, or may write in production;
// and it stands where a real one would.
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
