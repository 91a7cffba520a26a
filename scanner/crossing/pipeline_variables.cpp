// env/nonprod-names-prod-variable by levels: a variable that a workflow or a
// pipeline sets for all its jobs is production's, and a job of another
// environment takes it by its harmless name.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"
#include "scanner/crossing/pipelines.h"

namespace overreach {
namespace {

bool is_variable(const Entry& entry) {
  const std::string_view section = entry.section();
  const std::string_view map = section.substr(section.rfind('.') + 1);
  return (map == "env" || map == "variables") && entry.parent == kNoEntry;
}

// Set to production's where it does not stand in a job of another environment:
// there other kinds see it.
bool is_of_production(const LabelledFile& file, std::size_t at) {
  const Entry& entry = file.entries()[at];
  if (!is_variable(entry) || place_label(file, at).is_elsewhere()) return false;
  if (entry.kind == EntryKind::reference) {
    return names_production(entry.names);
  }
  const EnvironmentLabel& value = value_label(file, at);
  return entry.kind == EntryKind::literal && value.is_production() &&
         value.strength >= kSure && file.labels[at].role == Role::data;
}

void add(const LabelledFile& file, std::size_t variable, std::size_t use,
         Collector& collector) {
  const Entry& set = file.entries()[variable];
  const Entry& taken = file.entries()[use];
  const EnvironmentLabel& place = place_label(file, use);
  const Role role = file.labels[variable].role;
  const bool opens = set.target == Target::secret || role == Role::data ||
                     role == Role::secret;
  const std::string names = set.kind == EntryKind::reference
                                ? std::string(set.names)
                                : "production's value";
  Draft draft;
  draft.kind = "env/nonprod-names-prod-variable";
  draft.severity = opens ? Severity::high : Severity::medium;
  draft.is_template = file.is_template;
  draft.subject =
      std::string(taken.names) + " " + std::string(job_of(file, taken));
  draft.reasons = reasons_of(file.regions[file.labels[use].region]);
  draft.reasons.push_back(
      {"level", std::string(set.path) + " is " + names + " for all jobs"});
  draft.places = {
      noted(place_of(file, use), "takes " + std::string(taken.names)),
      noted(place_of(file, variable), names)};
  draft.message = "A job of " + file.path + " is for " +
                  std::string(name_of(place.value)) + " and takes " +
                  std::string(taken.names) + ", which the file sets to " +
                  names + " for all jobs: what runs there gets production's";
  collector.add(std::move(draft));
}

}  // namespace

void find_pipeline_variables(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (pipeline_of(file.path) == PipelineSystem::none) continue;
    std::vector<std::uint32_t> variables;
    for (std::uint32_t i = 0; i < file.entries().size(); ++i) {
      if (is_of_production(file, i)) variables.push_back(i);
    }
    if (variables.empty()) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (entry.target != Target::environment ||
          !is_good_elsewhere(place_label(file, i))) {
        continue;
      }
      const std::uint32_t set = variable_at(file, entry, entry.names);
      if (std::find(variables.begin(), variables.end(), set) !=
          variables.end()) {
        add(file, set, i, collector);
      }
    }
  }
}

}  // namespace overreach
