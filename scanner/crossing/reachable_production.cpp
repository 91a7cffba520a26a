// The chain this program exists for: something that runs without asking, and
// within its reach a key to production or to everything.

#include <algorithm>
#include <string>
#include <vector>

#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

constexpr std::size_t kMostCredentials = 3;

bool is_production(const Credential& credential) {
  return credential.environment.value == EnvironmentClass::production;
}

// What an agent could do irreparable harm with.
bool is_dangerous(const Credential& credential) {
  if (credential.live == false) return false;
  if (credential.reach.level == Level::root) return true;
  return is_production(credential) && credential.reach.level >= Level::write;
}

bool is_worse(const Credential* a, const Credential* b) {
  const auto danger = [](const Credential* c) {
    return std::pair(c->reach.level, is_production(*c));
  };
  if (danger(a) != danger(b)) return danger(a) > danger(b);
  return a->places.front().path < b->places.front().path;
}

std::vector<const Credential*> dangerous(const CrossingInput& input) {
  std::vector<const Credential*> found;
  for (const Credential& credential : input.credentials) {
    if (is_dangerous(credential)) found.push_back(&credential);
  }
  std::sort(found.begin(), found.end(), is_worse);
  return found;
}

std::string reach_of(const Credential& credential) {
  std::string text(to_string(credential.reach.level));
  if (is_production(credential)) text += " in production";
  return text;
}

void add_credential(const Credential& credential, Draft& draft) {
  draft.credentials.push_back(credential.id);
  draft.places.push_back(noted(credential.places.front(),
                               credential.name + ", " + reach_of(credential)));
  draft.reasons.push_back({"credential", "it can read a " + credential.name +
                                             " in " +
                                             credential.places.front().path});
}

constexpr std::size_t kMostTargets = 2;

// A bare command is enough to reach these.
std::vector<const AmbientTarget*> production_targets(
    const CrossingInput& input) {
  std::vector<const AmbientTarget*> found;
  for (const AmbientTarget& target : input.targets) {
    if (target.environment == EnvironmentClass::production) {
      found.push_back(&target);
    }
  }
  return found;
}

void add_target(const AmbientTarget& target, Draft& draft) {
  const std::string name =
      "the " + target.tool + " " + target.what + " " + target.name;
  draft.places.push_back(
      noted(target.place, name + ": bare commands act on it"));
  draft.reasons.push_back(
      {"target", "bare commands act on " + name + ", production by its name"});
}

const Draft* first_of(const Collector& collector, std::string_view kind) {
  const auto& drafts = collector.drafts();
  const auto at =
      std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) {
        return draft.kind == kind && !draft.is_template;
      });
  return at == drafts.end() ? nullptr : &*at;
}

}  // namespace

void find_reachable_production(const CrossingInput& input,
                               Collector& collector) {
  const Draft* const unattended =
      first_of(collector, "agent/unattended-execution");
  const std::vector<const Credential*> keys = dangerous(input);
  const std::vector<const AmbientTarget*> targets = production_targets(input);
  if (!unattended || (keys.empty() && targets.empty())) return;
  const Draft* const backup = first_of(collector, "backup/same-volume");

  Draft draft;
  draft.kind = "agent/production-reachable";
  draft.severity = Severity::critical;
  draft.destroys = backup || (!keys.empty() &&
                              keys.front()->reach.level >= Level::destructive);
  draft.subject = "checkout";
  draft.places = {unattended->places.front()};
  draft.reasons = {unattended->reasons.front()};
  draft.message = "Whatever " + unattended->subject +
                  " decides to do here is done without asking, and ";
  if (keys.empty()) {
    draft.message += "its commands act on the " + targets.front()->tool + " " +
                     targets.front()->what + " " + targets.front()->name +
                     " by themselves";
  } else {
    draft.message += "it can read a " + keys.front()->name + " (" +
                     keys.front()->places.front().path + "), " +
                     reach_of(*keys.front());
  }
  for (std::size_t i = 0; i < keys.size() && i < kMostCredentials; ++i) {
    add_credential(*keys[i], draft);
  }
  if (keys.size() > 1) {
    draft.message += ", and " + std::to_string(keys.size() - 1) + " more";
  }
  for (std::size_t i = 0; i < targets.size() && i < kMostTargets; ++i) {
    add_target(*targets[i], draft);
  }
  if (backup) {
    draft.places.push_back(backup->places.front());
    draft.reasons.push_back({"backup", backup->reasons.back().text});
    draft.message +=
        "; the backups lie on the volume they back up, so one call can delete "
        "the data for good";
  } else {
    draft.message += ": one wrong call cannot be taken back";
  }
  collector.add(std::move(draft));
}

}  // namespace overreach
