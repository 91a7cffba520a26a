#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "scanner/environment/environment.h"
#include "scanner/environment/host.h"
#include "scanner/environment/place.h"

namespace overreach {
namespace {

constexpr int kGoodWord = 2;

struct Saying {
  EnvironmentLabel label;
  std::string origin;
};
using Said = std::vector<Saying>;

// Facts whose value is a name that people choose.
constexpr std::string_view kNames[] = {
    "database", "bucket", "project", "cluster", "email", "account", "user"};

Said by_facts(const Credential& credential) {
  Said said;
  for (const auto& [name, value] : credential.facts) {
    EnvironmentLabel label;
    if (name == "host") {
      label = label_of_host(value).environment;
    } else if (std::find(std::begin(kNames), std::end(kNames), name) !=
               std::end(kNames)) {
      label = label_of_name(value);
    }
    if (label.strength >= kGoodWord) {
      said.push_back({std::move(label), name + " " + value});
    }
  }
  return said;
}

Said by_keys(const Credential& credential) {
  Said said;
  for (const Place& place : credential.places) {
    EnvironmentLabel label = label_of_name(place.key);
    if (label.strength >= kGoodWord) {
      said.push_back({std::move(label), "name " + place.key});
    }
  }
  return said;
}

// Takes the answer with the greatest danger, and everything that agrees.
bool take(const Said& said, EnvironmentSource source,
          Environment& environment) {
  if (said.empty()) return false;
  environment.source = source;
  for (const Saying& each : said) {
    environment.value = std::max(environment.value, each.label.value);
  }
  for (const Saying& each : said) {
    if (each.label.value != environment.value) continue;
    auto& origins = environment.origins;
    if (std::find(origins.begin(), origins.end(), each.origin) ==
        origins.end()) {
      origins.push_back(each.origin);
    }
  }
  return true;
}

}  // namespace

void label_credential(Credential& credential) {
  Said by_place;
  for (Place& place : credential.places) {
    PlaceLabel label = label_of_path(place.path);
    // Nothing loads an example.
    if (label.is_template || !label.environment) continue;
    place.environment = label.environment.value;
    by_place.push_back({std::move(label.environment), std::move(label.origin)});
  }
  Environment& environment = credential.environment;
  if (environment.value != EnvironmentClass::unknown) return;
  using Source = EnvironmentSource;
  if (take(by_facts(credential), Source::names, environment)) return;
  if (take(by_keys(credential), Source::key, environment)) return;
  take(by_place, Source::place, environment);
}

}  // namespace overreach
