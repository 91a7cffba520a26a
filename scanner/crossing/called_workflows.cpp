// Reusable workflows: what a job gives to another file, and what that does.
// ci/deploy-without-approval and env/nonprod-deploys-to-prod-target through
// `uses: ./.github/workflows/deploy.yml`.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/deploying.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"
#include "scanner/crossing/pipelines.h"

namespace overreach {
namespace {

// An input that says where to: not `mode: production`.
bool names_target(std::string_view input) {
  const std::vector<std::string> words = words_of_name(input);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    constexpr std::string_view kWords =
        " environment env stage namespace cluster target context project "
        "workspace account tier ";
    return kWords.find(" " + word + " ") != kWords.npos;
  });
}

void find_input(const LabelledFile& file, std::size_t at,
                Collector& collector) {
  const Entry& entry = file.entries()[at];
  const EnvironmentLabel& place = place_label(file, at);
  const std::string value(entry.value.reveal());
  if (entry.kind != EntryKind::literal || entry.is_template ||
      !is_good_elsewhere(place) || !names_target(entry.key) ||
      !names_production(value)) {
    return;
  }
  Draft draft;
  draft.kind = "env/nonprod-deploys-to-prod-target";
  draft.severity = Severity::high;
  draft.is_template = file.is_template;
  draft.subject = std::string(job_of(file, entry)) + " " + value;
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  draft.reasons.push_back(
      {"target", "input " + std::string(entry.key) + " = " + value});
  draft.places = {noted(place_of(file, at), "given to the called workflow")};
  draft.message = "A job of " + file.path + " is for " +
                  std::string(name_of(place.value)) +
                  " and calls a workflow with " + std::string(entry.key) +
                  " = " + value + ": what should change " +
                  std::string(name_of(place.value)) + " changes production";
  collector.add(std::move(draft));
}

// The first command of the called workflow that deploys.
const Act* deployment_in(const LabelledFile& file, std::size_t& at) {
  for (const Command& command : commands_of(file)) {
    if (const Act* const act = deployer_of(command)) {
      at = command.entry;
      return act;
    }
  }
  return nullptr;
}

void find_call(const CrossingInput& input, const LabelledFile& file,
               std::size_t at, Collector& collector) {
  const Entry& entry = file.entries()[at];
  const std::string_view path = entry.value.reveal();
  if (!path.starts_with("./") || !is_good_production(place_label(file, at))) {
    return;
  }
  const LabelledFile* const called = find_file(input.files, path.substr(2));
  std::size_t command = 0;
  const Act* const act = called ? deployment_in(*called, command) : nullptr;
  const std::string_view job = job_of(file, entry);
  if (!act || gate_of(input, file, job) != Gate::none) return;
  const PipelineTrigger trigger = trigger_of(file, job);
  if (trigger == PipelineTrigger::person) return;
  const std::string name = segments_of(job).back();
  Draft draft;
  draft.kind = "ci/deploy-without-approval";
  draft.severity =
      trigger == PipelineTrigger::release ? Severity::low : Severity::medium;
  draft.is_template = file.is_template;
  draft.subject = std::string(job);
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  draft.reasons.push_back({"command", act->shown() + " in " + called->path});
  draft.reasons.push_back({"gate", "nothing asks before job " + name});
  draft.places = {noted(place_of(file, at), "calls it"),
                  noted(place_of(*called, command), "runs " + act->shown())};
  draft.message = "Job " + name + " of " + file.path + " runs " + act->shown() +
                  " on production through " + called->path +
                  ", and nobody is asked first: a wrong commit, or a stolen "
                  "account, is in production at once";
  collector.add(std::move(draft));
}

}  // namespace

void find_called_workflows(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (pipeline_of(file.path) != PipelineSystem::github) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const std::string_view path = file.entries()[i].path;
      if (match_path(".jobs.*.uses", path, '.')) {
        find_call(input, file, i, collector);
      } else if (match_path(".jobs.*.with.*", path, '.')) {
        find_input(file, i, collector);
      }
    }
  }
}

}  // namespace overreach
