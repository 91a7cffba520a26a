#include "scanner/crossing/pipelines.h"

#include <algorithm>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"

namespace overreach {
namespace {

constexpr int kMostNeeds = 8;  // how far a chain of `needs` is followed

bool is_below(std::string_view path, std::string_view section) {
  return path.size() > section.size() && path.starts_with(section) &&
         path[section.size()] == '.';
}

std::string_view behind(std::string_view path, std::string_view section) {
  return path.substr(section.size() + 1);
}

// The first `count` segments; empty when there are no more than those.
std::string_view first_segments(std::string_view path, int count) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '"') is_quoted = !is_quoted;
    if (path[i] == '.' && !is_quoted && --count == 0) return path.substr(0, i);
  }
  return {};
}

std::string_view last_segment(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}

// One look through the entries of a job, and those of the jobs it depends on.
class Gates {
 public:
  explicit Gates(const CrossingInput& input) : input_(input) {}

  Gate of(const LabelledFile& file, std::string_view job) {
    if (++depth_ > kMostNeeds) return Gate::none;
    Gate gate = Gate::none;
    for (const Entry& entry : file.entries()) {
      if (!is_below(entry.path, job)) continue;
      gate = std::max(gate, of_setting(file, entry, behind(entry.path, job)));
      if (gate == Gate::person) break;
    }
    if (pipeline_of(file.path) == PipelineSystem::circleci) {
      gate = std::max(gate, in_workflow(file, last_segment(job)));
    }
    --depth_;
    return gate;
  }

 private:
  Gate of_setting(const LabelledFile& file, const Entry& entry,
                  std::string_view key) {
    const std::string_view value = entry.value.reveal();
    if (key == "environment" || key == "environment.name") {
      return Gate::environment;
    }
    if (key == "if" && value.find("workflow_dispatch") != value.npos) {
      return Gate::person;
    }
    if (key.ends_with(".uses") && value.find("approval") != value.npos) {
      return Gate::person;
    }
    if (key == "when" || (key.starts_with("rules.") && entry.key == "when")) {
      return value == "manual" ? Gate::person : Gate::none;
    }
    if (key == "uses") return of_called(value);
    if (key == "needs" || key.starts_with("needs.")) {
      return of(file, "jobs." + std::string(value));
    }
    if (key == "extends" || key.starts_with("extends.")) {
      std::string path;
      append_segment(path, value);
      return of(file, path);
    }
    return Gate::none;
  }

  // Of "./.github/workflows/deploy.yml": the jobs in there.
  Gate of_called(std::string_view path) {
    if (!path.starts_with("./")) return Gate::none;
    const LabelledFile* const file = find_file(input_.files, path.substr(2));
    if (!file) return Gate::environment;  // nobody can see it here
    Gate gate = Gate::none;
    for (const Entry& entry : file->entries()) {
      if (match_path(".jobs.*.environment", entry.path, '.') ||
          match_path(".jobs.*.environment.name", entry.path, '.')) {
        gate = Gate::environment;
      }
    }
    return gate;
  }

  // CircleCI: workflows.main.jobs.2.deploy.requires.0 = hold
  Gate in_workflow(const LabelledFile& file, std::string_view job) {
    if (++depth_ > kMostNeeds) return Gate::none;
    Gate gate = Gate::none;
    for (const Entry& entry : file.entries()) {
      const std::vector<std::string> keys = segments_of(entry.path);
      if (keys.size() < 6 || keys[0] != "workflows" || keys[4] != job) continue;
      if (keys[5] == "type" && entry.value.reveal() == "approval") {
        gate = Gate::person;
      } else if (keys[5] == "requires") {
        gate = std::max(gate, in_workflow(file, entry.value.reveal()));
      }
    }
    --depth_;
    return gate;
  }

  const CrossingInput& input_;
  int depth_ = 0;
};

// What starts a workflow of GitHub: "push" of `on: push`, `on: [push]` and
// `on: {push: ...}`.
PipelineTrigger trigger_of_workflow(const LabelledFile& file) {
  bool has_push = false, has_tags = false, has_branches = false;
  PipelineTrigger trigger = PipelineTrigger::person;
  for (const Entry& entry : file.entries()) {
    if (entry.path != "on" && !is_below(entry.path, "on")) continue;
    const std::string_view value = entry.value.reveal();
    const std::string_view key =
        entry.path == "on" ? value : behind(entry.path, "on");
    const std::string_view event =
        key.size() == 1 ? value : key.substr(0, key.find('.'));
    has_push = has_push || event == "push";
    has_tags = has_tags || key.starts_with("push.tags");
    has_branches = has_branches || key.starts_with("push.branches");
    if (event == "schedule")
      trigger = std::max(trigger, PipelineTrigger::schedule);
    if (event == "release")
      trigger = std::max(trigger, PipelineTrigger::release);
  }
  if (!has_push) return trigger;
  return has_tags && !has_branches ? std::max(trigger, PipelineTrigger::release)
                                   : PipelineTrigger::automatic;
}

}  // namespace

PipelineSystem pipeline_of(std::string_view path) {
  // Asked of every file, several times.
  if (!path.ends_with(".yml") && !path.ends_with(".yaml")) {
    return PipelineSystem::none;
  }
  if (path.find(".github/workflows/") != path.npos) {
    return PipelineSystem::github;
  }
  if (path.ends_with(".circleci/config.yml")) return PipelineSystem::circleci;
  const std::string_view name = file_name(path);
  if (name.find("gitlab-ci") != name.npos) return PipelineSystem::gitlab;
  const bool is_other = name.starts_with("bitbucket-pipelines.") ||
                        name.starts_with("azure-pipelines") ||
                        name.starts_with(".drone.") ||
                        name.starts_with(".woodpecker.") ||
                        path.find(".buildkite/") != path.npos ||
                        path.find(".woodpecker/") != path.npos;
  return is_other ? PipelineSystem::other : PipelineSystem::none;
}

std::string_view job_of(const LabelledFile& file, const Entry& entry) {
  switch (pipeline_of(file.path)) {
    case PipelineSystem::github:
    case PipelineSystem::circleci:
      return entry.path.starts_with("jobs.") ? first_segments(entry.path, 2)
                                             : std::string_view();
    case PipelineSystem::gitlab:
      return first_segments(entry.path, 1);
    case PipelineSystem::none:
    case PipelineSystem::other:
      break;
  }
  return {};
}

Gate gate_of(const CrossingInput& input, const LabelledFile& file,
             std::string_view job) {
  return Gates(input).of(file, job);
}

PipelineTrigger trigger_of(const LabelledFile& file, std::string_view job) {
  const PipelineSystem system = pipeline_of(file.path);
  PipelineTrigger trigger = system == PipelineSystem::github
                                ? trigger_of_workflow(file)
                                : PipelineTrigger::automatic;
  // Conditions of the job itself.
  for (const Entry& entry : file.entries()) {
    if (!is_below(entry.path, job)) continue;
    const std::string_view key = behind(entry.path, job);
    const std::string_view value = entry.value.reveal();
    const bool is_condition = key == "if" || key.starts_with("rules.") ||
                              key == "only" || key.starts_with("only.");
    if (is_condition &&
        (value.find("refs/tags") != value.npos ||
         value.find("CI_COMMIT_TAG") != value.npos || value == "tags")) {
      trigger = std::min(trigger, PipelineTrigger::release);
    }
  }
  return trigger;
}

std::uint32_t variable_at(const LabelledFile& file, const Entry& from,
                          std::string_view name) {
  std::uint32_t found = kNoEntry;
  std::size_t innermost = 0;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.key != name || &entry == &from || entry.parent != kNoEntry) {
      continue;
    }
    std::string_view level = entry.section();
    const std::string_view map = last_segment(level);
    if (map != "env" && map != "variables") continue;
    level = level.size() == map.size()
                ? std::string_view()
                : level.substr(0, level.size() - map.size() - 1);
    if (!level.empty() && !is_below(from.path, level)) continue;
    if (found != kNoEntry && level.size() <= innermost) continue;
    found = static_cast<std::uint32_t>(i);
    innermost = level.size();
  }
  return found;
}

}  // namespace overreach
