// Jobs of CI systems: what starts them, and what asks a person first.  GitHub
// Actions, GitLab CI and CircleCI; of others nothing is said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/core/labelled_file.h"
#include "scanner/crossing/collector.h"

namespace overreach {

enum class PipelineSystem : std::uint8_t {
  none,
  github,
  gitlab,
  circleci,
  other,  // Bitbucket, Azure, Buildkite, Drone, Woodpecker: no job is known
};

PipelineSystem pipeline_of(std::string_view path);

// The key path of the job around the entry: "jobs.deploy"; empty when it stands
// in none.
std::string_view job_of(const LabelledFile& file, const Entry& entry);

// What must happen before a job runs.
enum class Gate : std::uint8_t {
  none,
  environment,  // it names one, which may be protected: nobody can see it here
  person,       // somebody starts it, or approves
};

// Of a job by its key path, with what it needs, extends and calls.
Gate gate_of(const CrossingInput& input, const LabelledFile& file,
             std::string_view job);

enum class PipelineTrigger : std::uint8_t {
  person,     // by hand, or by another workflow
  release,    // a tag or a release, which somebody made
  schedule,   // a clock
  automatic,  // a push
};

PipelineTrigger trigger_of(const LabelledFile& file, std::string_view job);

// The entry that gives the variable its value where `from` stands, of all
// levels of a workflow's `env:` or a pipeline's `variables:`; kNoEntry when the
// file does not say.
std::uint32_t variable_at(const LabelledFile& file, const Entry& from,
                          std::string_view name);

}  // namespace overreach
