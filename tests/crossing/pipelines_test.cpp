// What starts a job, what asks before it, and what its variables hold.

#include "scanner/crossing/pipelines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/crossing/commands.h"
#include "scanner/environment/environment.h"
#include "scanner/syntax/syntax.h"

namespace overreach {
namespace {

constexpr const char* kWorkflow = ".github/workflows/ci.yml";

// The files of a repository, and the questions about one of them.
class Repository {
 public:
  Repository(
      std::initializer_list<std::pair<const char*, std::string_view>> texts) {
    for (const auto& [path, text] : texts) {
      files_.push_back(
          label_entries(path, Syntax().entries(Language::yaml, text)));
    }
    std::sort(files_.begin(), files_.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
  }

  Gate gate(std::string_view path, std::string_view job) const {
    const CrossingInput input{credentials_, files_, {}, targets_};
    return gate_of(input, *find_file(files_, path), job);
  }
  PipelineTrigger trigger(std::string_view job) const {
    return trigger_of(files_.front(), job);
  }
  const LabelledFile& file() const { return files_.front(); }

 private:
  std::vector<LabelledFile> files_;
  std::vector<Credential> credentials_;
  std::vector<AmbientTarget> targets_;
};

TEST(PipelineOf, ByThePath) {
  const std::pair<const char*, PipelineSystem> cases[] = {
      {".github/workflows/ci.yml", PipelineSystem::github},
      {"shop/.github/workflows/ci.yaml", PipelineSystem::github},
      {".gitlab-ci.yml", PipelineSystem::gitlab},
      {"ci/deploy.gitlab-ci.yml", PipelineSystem::gitlab},
      {".circleci/config.yml", PipelineSystem::circleci},
      {"bitbucket-pipelines.yml", PipelineSystem::other},
      {"azure-pipelines-prod.yml", PipelineSystem::other},
      {".buildkite/pipeline.yml", PipelineSystem::other},
      {".github/workflows/README.md", PipelineSystem::none},
      {".github/dependabot.yml", PipelineSystem::none},
      {"config.yml", PipelineSystem::none},
  };
  for (const auto& [path, system] : cases) {
    EXPECT_EQ(pipeline_of(path), system) << path;
  }
}

TEST(JobOf, TheKeysAroundAnEntry) {
  const auto jobs_of = [](const char* path, std::string_view text) {
    const Repository repository({{path, text}});
    std::vector<std::string> jobs;
    for (const Entry& entry : repository.file().entries()) {
      const std::string job(job_of(repository.file(), entry));
      if (jobs.empty() || jobs.back() != job) jobs.push_back(job);
    }
    return jobs;
  };
  using Jobs = std::vector<std::string>;
  EXPECT_EQ(jobs_of(kWorkflow,
                    "on: push\njobs:\n  a: {env: {X: 1}}\n"
                    "  \"b.c\": {env: {X: 1}}\n"),
            (Jobs{"", "jobs.a", "jobs.\"b.c\""}));
  EXPECT_EQ(jobs_of(".gitlab-ci.yml", "image: x\nship: {script: [./ship]}\n"),
            (Jobs{"", "ship"}));
  EXPECT_EQ(jobs_of("bitbucket-pipelines.yml", "pipelines: {default: [1]}\n"),
            (Jobs{""}));
}

TEST(GateOf, WhatAWorkflowAsks) {
  const auto gate = [](std::string_view job) {
    const std::string text = "on: push\njobs:\n  ship: {" + std::string(job) +
                             "}\n"
                             "  approved: {environment: production}\n"
                             "  chained: {needs: approved}\n"
                             "  loop: {needs: loop}\n";
    return Repository({{kWorkflow, text}}).gate(kWorkflow, "jobs.ship");
  };
  EXPECT_EQ(gate("runs-on: x"), Gate::none);
  EXPECT_EQ(gate("environment: production"), Gate::environment);
  EXPECT_EQ(gate("environment: {name: production, url: x}"), Gate::environment);
  EXPECT_EQ(gate("needs: approved"), Gate::environment);
  EXPECT_EQ(gate("needs: [chained]"), Gate::environment);
  EXPECT_EQ(gate("needs: loop"), Gate::none);
  EXPECT_EQ(gate("needs: absent"), Gate::none);
  EXPECT_EQ(gate("if: github.event_name == 'workflow_dispatch'"), Gate::person);
  EXPECT_EQ(gate("steps: [{uses: trstringer/manual-approval@v1}]"),
            Gate::person);
  // What a step is called is no environment.
  EXPECT_EQ(gate("steps: [{env: {environment: production}}]"), Gate::none);
}

TEST(GateOf, OfACalledWorkflowItsOwn) {
  const Repository repository(
      {{kWorkflow,
        "jobs:\n"
        "  asks: {uses: ./.github/workflows/asks.yml}\n"
        "  open: {uses: ./.github/workflows/open.yml}\n"
        "  gone: {uses: ./.github/workflows/gone.yml}\n"
        "  theirs: {uses: acme/shared/.github/workflows/x.yml@v1}\n"},
       {".github/workflows/asks.yml", "jobs: {a: {environment: prod}}\n"},
       {".github/workflows/open.yml", "jobs: {a: {runs-on: x}}\n"}});
  EXPECT_EQ(repository.gate(kWorkflow, "jobs.asks"), Gate::environment);
  EXPECT_EQ(repository.gate(kWorkflow, "jobs.open"), Gate::none);
  // Nobody can see what is not there.
  EXPECT_EQ(repository.gate(kWorkflow, "jobs.gone"), Gate::environment);
  EXPECT_EQ(repository.gate(kWorkflow, "jobs.theirs"), Gate::none);
}

TEST(GateOf, GitLab) {
  const char* const path = ".gitlab-ci.yml";
  const Repository repository({{path,
                                "plain: {script: [x]}\n"
                                "by-hand: {when: manual}\n"
                                "on-success: {when: on_success}\n"
                                "rule: {rules: [{if: $X, when: manual}]}\n"
                                "child: {extends: by-hand}\n"
                                "children: {extends: [plain, by-hand]}\n"}});
  EXPECT_EQ(repository.gate(path, "plain"), Gate::none);
  EXPECT_EQ(repository.gate(path, "by-hand"), Gate::person);
  EXPECT_EQ(repository.gate(path, "on-success"), Gate::none);
  EXPECT_EQ(repository.gate(path, "rule"), Gate::person);
  EXPECT_EQ(repository.gate(path, "child"), Gate::person);
  EXPECT_EQ(repository.gate(path, "children"), Gate::person);
}

TEST(GateOf, CircleCi) {
  const char* const path = ".circleci/config.yml";
  const Repository repository(
      {{path,
        "jobs: {ship: {docker: [x]}, free: {docker: [x]}}\n"
        "workflows:\n  main:\n    jobs:\n"
        "      - hold: {type: approval}\n"
        "      - middle: {requires: [hold]}\n"
        "      - ship: {requires: [middle]}\n"
        "      - free: {requires: [other]}\n"}});
  EXPECT_EQ(repository.gate(path, "jobs.ship"), Gate::person);
  EXPECT_EQ(repository.gate(path, "jobs.free"), Gate::none);
}

TEST(TriggerOf, Workflow) {
  const auto trigger = [](const std::string& on, const std::string& job = "") {
    return Repository(
               {{kWorkflow, on + "\njobs:\n  ship: {runs-on: x" + job + "}\n"}})
        .trigger("jobs.ship");
  };
  EXPECT_EQ(trigger("on: push"), PipelineTrigger::automatic);
  EXPECT_EQ(trigger("on: [pull_request, push]"), PipelineTrigger::automatic);
  EXPECT_EQ(trigger("on: {push: {branches: [main]}}"),
            PipelineTrigger::automatic);
  EXPECT_EQ(trigger("on: {push: {tags: ['v*'], branches: [main]}}"),
            PipelineTrigger::automatic);
  EXPECT_EQ(trigger("on: {schedule: [{cron: '0 0 * * *'}]}"),
            PipelineTrigger::schedule);
  EXPECT_EQ(trigger("on: {schedule: [{cron: '0 0 * * *'}], push: {}}"),
            PipelineTrigger::automatic);
  EXPECT_EQ(trigger("on: {push: {tags: ['v*']}}"), PipelineTrigger::release);
  EXPECT_EQ(trigger("on: {release: {types: [published]}}"),
            PipelineTrigger::release);
  EXPECT_EQ(trigger("on: workflow_dispatch"), PipelineTrigger::person);
  EXPECT_EQ(trigger("on: {workflow_call: {inputs: {push: {type: string}}}}"),
            PipelineTrigger::person);
  EXPECT_EQ(
      trigger("on: push", ", if: \"startsWith(github.ref, 'refs/tags/')\""),
      PipelineTrigger::release);
  // The condition of a step is none of the job.
  EXPECT_EQ(trigger("on: push", ", steps: [{if: refs/tags/v1}]"),
            PipelineTrigger::automatic);
}

TEST(TriggerOf, GitLab) {
  const auto trigger = [](const std::string& job) {
    return Repository({{".gitlab-ci.yml", "ship: {" + job + "}\n"}})
        .trigger("ship");
  };
  EXPECT_EQ(trigger("script: [x]"), PipelineTrigger::automatic);
  EXPECT_EQ(trigger("only: [tags]"), PipelineTrigger::release);
  EXPECT_EQ(trigger("only: [main]"), PipelineTrigger::automatic);
  EXPECT_EQ(trigger("rules: [{if: $CI_COMMIT_TAG}]"), PipelineTrigger::release);
}

TEST(VariableAt, TheInnermostLevelCounts) {
  const Repository repository(
      {{kWorkflow,
        "env: {APP: outer, ONLY: outer}\n"
        "jobs:\n"
        "  ship:\n"
        "    env: {APP: job}\n"
        "    steps:\n"
        "      - {run: ./ship, env: {APP: step}}\n"
        "      - {run: ./check}\n"
        "  other: {env: {APP: other, THEIRS: other}, steps: [{run: ./x}]}\n"}});
  const LabelledFile& file = repository.file();
  const auto value = [&](std::string_view program, std::string_view name) {
    for (const Command& command : commands_of(file)) {
      if (command.program() != program) continue;
      const std::uint32_t at =
          variable_at(file, file.entries()[command.entry], name);
      return at == kNoEntry ? std::string("none")
                            : std::string(file.entries()[at].value.reveal());
    }
    return std::string("no such command");
  };
  EXPECT_EQ(value("ship", "APP"), "step");
  EXPECT_EQ(value("check", "APP"), "job");
  EXPECT_EQ(value("x", "APP"), "other");
  EXPECT_EQ(value("check", "ONLY"), "outer");
  EXPECT_EQ(value("check", "THEIRS"), "none");
  EXPECT_EQ(value("check", "run"), "none");
}

}  // namespace
}  // namespace overreach
