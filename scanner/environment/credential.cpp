#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/environment/environment.h"
#include "scanner/environment/host.h"
#include "scanner/environment/place.h"

namespace overreach {
namespace {

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

// Finds the entry around a place, with an index of each file that is asked for.
class Sections {
 public:
  explicit Sections(const std::vector<LabelledFile>& files) : files_(files) {}

  // What is known of the section; null when nothing is.
  const Origin* around(const Place& place) {
    const LabelledFile* const file = find_file(files_, place.path);
    if (!file || file->source != place.source ||
        file->exposure != place.exposure || !place.part.empty()) {
      return nullptr;
    }
    const Lines& lines = lines_of(*file);
    const auto line =
        std::lower_bound(lines.begin(), lines.end(),
                         std::pair<std::uint32_t, std::size_t>(place.line, 0));
    if (line == lines.end() || line->first != place.line) return nullptr;
    const auto& region = file->regions[file->labels[line->second].region];
    const bool is_known =
        !region.empty() && region.front().label.strength >= kGoodWord;
    return is_known ? &region.front() : nullptr;
  }

 private:
  using Lines = std::vector<std::pair<std::uint32_t, std::size_t>>;

  const Lines& lines_of(const LabelledFile& file) {
    const auto [at, is_new] = lines_.try_emplace(&file);
    if (!is_new) return at->second;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      at->second.emplace_back(file.entries()[i].span.line, i);
    }
    std::sort(at->second.begin(), at->second.end());
    return at->second;
  }

  const std::vector<LabelledFile>& files_;
  std::map<const LabelledFile*, Lines> lines_;  // entries by line
};

// Of many places few paths: those of a history's versions are one file's.
class Paths {
 public:
  const PlaceLabel& label_of(const std::string& path) {
    const auto [at, is_new] = labels_.try_emplace(path);
    if (is_new) at->second = label_of_path(path);
    return at->second;
  }

 private:
  std::unordered_map<std::string, PlaceLabel> labels_;
};

void label_credential(Credential& credential, Sections& sections,
                      Paths& paths) {
  Said by_place;
  for (Place& place : credential.places) {
    const PlaceLabel& label = paths.label_of(place.path);
    // Nothing loads an example.
    if (label.is_template) continue;
    const Origin* const section = sections.around(place);
    // Of a workflow the job says more than the name of the file.
    const bool is_of_job =
        section && match_path(".github/workflows/*", place.path).has_value();
    if (label.environment && !is_of_job) {
      place.environment = label.environment.value;
      by_place.push_back({label.environment, label.origin});
    } else if (section) {
      place.environment = section->label.value;
      by_place.push_back({section->label, section->text});
    }
  }
  Environment& environment = credential.environment;
  if (environment.value != EnvironmentClass::unknown) return;
  using Source = EnvironmentSource;
  if (take(by_facts(credential), Source::names, environment)) return;
  if (take(by_keys(credential), Source::key, environment)) return;
  take(by_place, Source::place, environment);
}

}  // namespace

void label_credentials(std::span<Credential> credentials,
                       const std::vector<LabelledFile>& files) {
  Sections sections(files);
  Paths paths;
  for (Credential& credential : credentials) {
    label_credential(credential, sections, paths);
  }
}

bool is_local(const Credential& credential) {
  const Facts& facts = credential.facts;
  return credential.environment.value == EnvironmentClass::local &&
         std::any_of(facts.begin(), facts.end(), [](const auto& fact) {
           return fact.first == "host" &&
                  label_of_host(fact.second).environment.value ==
                      EnvironmentClass::local;
         });
}

}  // namespace overreach
