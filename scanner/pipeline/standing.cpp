#include "scanner/pipeline/standing.h"

#include <utility>

#include "scanner/environment/environment.h"

namespace overreach {

Standing::Standing(std::vector<Occurrence> at_end,
                   const GitleaksIgnore& ignore) {
  std::erase_if(at_end, [&](const Occurrence& occurrence) {
    return ignore.allows(occurrence.place, occurrence.candidate.rule->id);
  });
  for (Credential& each : to_credentials(std::move(at_end))) {
    places_.emplace(identity_of(each.rule, each.secret),
                    std::move(each.places));
  }
}

std::vector<Credential> Standing::of(
    std::vector<Credential> credentials,
    const std::vector<LabelledFile>& files) const {
  std::erase_if(credentials, [&](const Credential& each) {
    return !places_.contains(identity_of(each.rule, each.secret));
  });
  for (Credential& each : credentials) {
    each.places = places_.at(identity_of(each.rule, each.secret));
    if (each.environment.source == EnvironmentSource::place ||
        each.environment.source == EnvironmentSource::key) {
      each.environment = {};
    }
  }
  label_credentials(credentials, files);
  return credentials;
}

}  // namespace overreach
