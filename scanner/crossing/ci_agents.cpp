// Workflow jobs in which an agent works unasked beside secrets of production.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/commands.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/places.h"

namespace overreach {
namespace {

constexpr std::array<std::string_view, 6> kActions = {
    "anthropics/claude-code-action",
    "anthropics/claude-code-base-action",
    "openai/codex-action",
    "google-github-actions/run-gemini-cli",
    "google-gemini/gemini-cli-action",
    "cursor/agent-action"};

// Inputs of these actions that take the question, or the sandbox, away.
constexpr std::array<std::string_view, 8> kUnaskedInputs = {
    "--dangerously-skip-permissions",
    "bypassPermissions",
    "Bash(*)",
    "--yolo",
    "danger-full-access",
    "--dangerously-bypass-approvals-and-sandbox",
    "\"defaultApprovalMode\": \"yolo\"",
    "--approval-mode=yolo"};

struct Launcher {
  std::string_view programs, runs, flags;  // `runs`: one of, in front
};
constexpr Launcher kLaunchers[] = {
    {" claude ", " -p --print ",
     " --dangerously-skip-permissions bypassPermissions "},
    {" codex ", " exec e ",
     " --dangerously-bypass-approvals-and-sandbox --yolo danger-full-access "},
    {" gemini qwen ", "", " --yolo -y --approval-mode=yolo "},
    {" aider ", "", " --yes-always --yes "},
    {" cursor-agent ", " -p --print ", " --force -f "},
    {" copilot ", " -p --prompt ", " --allow-all-tools --allow-all --yolo "},
};

// Secrets that reach infrastructure whatever they are called in front.
constexpr std::array<std::string_view, 17> kInfrastructure = {
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "RAILWAY_API_TOKEN",
    "RAILWAY_TOKEN",
    "FLY_API_TOKEN",
    "VERCEL_TOKEN",
    "NETLIFY_AUTH_TOKEN",
    "HEROKU_API_KEY",
    "DIGITALOCEAN_TOKEN",
    "DIGITALOCEAN_ACCESS_TOKEN",
    "HCLOUD_TOKEN",
    "CLOUDFLARE_API_TOKEN",
    "SUPABASE_ACCESS_TOKEN",
    "PULUMI_ACCESS_TOKEN",
    "KUBE_CONFIG",
    "KUBECONFIG",
    "GCP_SA_KEY"};

bool is_infrastructure(std::string_view names) {
  const std::string_view name = names.substr(names.rfind('.') + 1);
  return std::find(kInfrastructure.begin(), kInfrastructure.end(), name) !=
         kInfrastructure.end();
}

// "jobs.fix." and "jobs.fix.steps.2." of an entry in a step.
struct Step {
  std::string_view job, step;
};

Step step_of(std::string_view path) {
  Step found;
  std::size_t dots = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '.') continue;
    ++dots;
    if (dots == 2) found.job = path.substr(0, i + 1);
    if (dots == 4) found.step = path.substr(0, i + 1);
  }
  if (!match_path(".jobs.*.steps.**", path, '.')) return {};
  return found;
}

struct Agent {
  std::size_t entry;
  std::string name;
  std::string unasked;  // what takes the question away; empty: nothing
};

std::string unasked_input(const LabelledFile& file, std::string_view step) {
  for (const Entry& entry : file.entries()) {
    if (!entry.path.starts_with(step)) continue;
    const std::string_view value = entry.value.reveal();
    if (entry.key == "allowed_non_write_users" && value == "*") {
      return "allowed_non_write_users \"*\"";
    }
    if (!match_path("with.*", entry.path, '.')) continue;
    for (const std::string_view text : kUnaskedInputs) {
      if (value.find(text) != value.npos) return std::string(text);
    }
    if (entry.key == "safety-strategy" && value == "unsafe") {
      return "safety-strategy unsafe";
    }
  }
  return {};
}

std::vector<Agent> agents_of(const LabelledFile& file) {
  std::vector<Agent> agents;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.key != "uses") continue;
    const std::string_view value = entry.value.reveal();
    const std::string action(value.substr(0, value.find('@')));
    if (std::find(kActions.begin(), kActions.end(), action) == kActions.end()) {
      continue;
    }
    const Step step = step_of(entry.path);
    if (step.step.empty()) continue;
    agents.push_back({i, action, unasked_input(file, step.step)});
  }
  for (const Command& command : commands_of(file)) {
    for (const Launcher& launcher : kLaunchers) {
      if (!is_listed(launcher.programs, command.program())) continue;
      const auto has_one_of = [&](std::string_view list) {
        return std::any_of(
            command.words.begin() + 1, command.words.end(),
            [&](std::string_view word) { return is_listed(list, word); });
      };
      if (!launcher.runs.empty() && !has_one_of(launcher.runs)) continue;
      if (!has_one_of(launcher.flags)) continue;
      agents.push_back({command.entry, std::string(command.program()),
                        "a flag that asks nobody"});
    }
  }
  return agents;
}

bool has_environment(const LabelledFile& file, std::string_view job) {
  const std::string key = std::string(job) + "environment";
  return std::any_of(
      file.entries().begin(), file.entries().end(), [&](const Entry& entry) {
        return entry.path == key || entry.path.starts_with(key + ".");
      });
}

// Whether what stands at `path` is in the environment of the step: its own, its
// job's, or that of all jobs.
bool is_visible(std::string_view path, const Step& step) {
  return path.starts_with("env.") ||
         path.starts_with(std::string(step.job) + "env.") ||
         (path.starts_with(step.step) &&
          !match_path("with.(anthropic_api_key|openai-api-key|github_token)",
                      path, '.'));
}

void find_in_job(const LabelledFile& file, const Agent& agent,
                 Collector& collector) {
  const Step step = step_of(file.entries()[agent.entry].path);
  if (agent.unasked.empty() || step.step.empty() ||
      has_environment(file, step.job)) {
    return;
  }
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.target != Target::secret || !is_visible(entry.path, step)) {
      continue;
    }
    const bool is_production = names_production(entry.names);
    if (!is_production && !is_infrastructure(entry.names)) continue;
    const std::string names(entry.names);
    Draft draft;
    draft.kind = "agent/ci-agent-with-production-secrets";
    draft.severity = Severity::high;
    draft.is_template = file.is_template;
    draft.subject = std::string(step.job) + names;
    draft.reasons = {
        {"agent", agent.name + " asks nobody: " + agent.unasked},
        {"name", names + (is_production ? " is production's"
                                        : " reaches infrastructure")}};
    draft.places = {noted(place_of(file, agent.entry), "runs " + agent.name),
                    noted(place_of(file, i), names)};
    draft.message = file.path + " runs " + agent.name +
                    " without asking and gives it " + names +
                    ": whatever text leads the agent astray acts with it";
    collector.add(std::move(draft));
    return;
  }
}

}  // namespace

void find_ci_agents(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (!match_path(".github/workflows/*", file.path)) continue;
    for (const Agent& agent : agents_of(file)) {
      find_in_job(file, agent, collector);
    }
  }
}

}  // namespace overreach
