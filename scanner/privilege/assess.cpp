#include <algorithm>
#include <string>

#include "scanner/core/test_file.h"
#include "scanner/privilege/facts.h"
#include "scanner/privilege/privilege.h"

namespace overreach {
namespace {

void add_fact(Facts& facts, const std::pair<std::string, std::string>& fact) {
  const bool known =
      std::any_of(facts.begin(), facts.end(),
                  [&](const auto& other) { return other.first == fact.first; });
  if (!known) facts.push_back(fact);
}

bool is_of_development(const Place& place) {
  switch (place.environment) {
    case EnvironmentClass::test:
    case EnvironmentClass::development:
    case EnvironmentClass::local:
      return true;
    default:
      return false;
  }
}

bool is_only_there(ReachCase where, const std::vector<Place>& places) {
  return !places.empty() &&
         std::all_of(places.begin(), places.end(), [&](const Place& place) {
           return is_test_file(place.path) ||
                  (where == ReachCase::only_development &&
                   is_of_development(place));
         });
}

bool holds(const ReachRule& reach, const Credential& credential) {
  if (reach.where != ReachCase::any) {
    return is_only_there(reach.where, credential.places);
  }
  if (reach.fact.empty()) return true;
  const Facts& facts = credential.facts;
  return std::any_of(facts.begin(), facts.end(), [&](const auto& fact) {
    return fact.first == reach.fact && fact.second == reach.equals;
  });
}

void set_environment(const TokenRule& rule, Credential& credential) {
  for (const auto& [name, value] : credential.facts) {
    if (name != "mode") continue;
    for (const EnvironmentRule& entry : rule.environment) {
      if (entry.equals != value) continue;
      credential.environment = {entry.environment,
                                EnvironmentSource::form,
                                {"the token's own form says " + value}};
    }
  }
}

// It opens nothing, and there is nothing to revoke.
void judge_canary(Credential& credential) {
  const bool is_canary =
      std::any_of(credential.facts.begin(), credential.facts.end(),
                  [](const auto& fact) { return fact.first == "canary"; });
  if (!is_canary) return;
  credential.reach = {};
  credential.reach.level = Level::none;
  credential.reach.evidence = Evidence::inferred;
  credential.reach.why =
      "a canary: its account is known for keys planted as traps, so using it "
      "alerts whoever planted it; it is never called";
  credential.remedy = {
      "", "leave it where it is, unless nobody in the team planted it"};
}

void set_reach(const TokenRule& rule, Credential& credential) {
  for (const ReachRule& reach : rule.reach) {
    if (!holds(reach, credential)) continue;
    credential.reach.level = reach.level;
    credential.reach.evidence =
        reach.fact.empty() ? reach.evidence : Evidence::inferred;
    credential.reach.why = reach.why;
    break;
  }
}

}  // namespace

void assess_offline(const TokenRule& rule, std::int64_t now,
                    Credential& credential) {
  std::optional<std::int64_t> expires;
  for (const std::string_view decoder : rule.facts) {
    const auto decoded = decode_facts(decoder, credential.secret.reveal());
    if (!decoded) continue;
    for (const auto& fact : decoded->facts) add_fact(credential.facts, fact);
    if (decoded->expires) expires = decoded->expires;
  }
  set_environment(rule, credential);
  set_reach(rule, credential);
  judge_canary(credential);
  if (!expires) return;
  add_fact(credential.facts, {"expires", format_date(*expires)});
  if (*expires < now) {
    credential.live = false;
    credential.reach.level = Level::none;
    credential.reach.evidence = Evidence::inferred;
    credential.reach.why = "expired on " + format_date(*expires);
  }
}

void assess_places(const TokenRule& rule, Credential& credential) {
  const bool is_default = credential.reach.evidence == Evidence::assumed &&
                          credential.live != std::optional(false);
  if (is_default) set_reach(rule, credential);
}

}  // namespace overreach
