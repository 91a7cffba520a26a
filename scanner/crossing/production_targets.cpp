#include "scanner/crossing/production_targets.h"

#include <string_view>

#include "scanner/crossing/names.h"
#include "scanner/crossing/pipelines.h"

namespace overreach {
namespace {

// `--env production` of a bundler is a way to build: only programs that change
// what runs somewhere count, and their own options.
struct Options {
  std::string_view programs, options;  // each between spaces
};
constexpr Options kTargets[] = {
    {" kubectl helm helmfile flux argocd skaffold ",
     " --context --kube-context --namespace -n --environment -e "},
    {" serverless sls sst cdk copilot chalice zappa ",
     " --stage -s --env -e --profile "},
    {" aws sam eb ecs-cli ", " --profile --config-env "},
    {" terraform tofu terragrunt ", " -var-file --var-file "},
    {" pulumi ", " --stack -s "},
    {" fly flyctl ", " --app -a --config -c "},
    {" heroku ", " --app -a "},
    {" wrangler ", " --env -e --config -c "},
    {" railway ", " --environment -e --project -p "},
    {" gcloud gsutil bq ", " --project --configuration "},
    {" firebase ", " --project -P "},
    {" ansible-playbook ansible ", " -i --inventory "},
    {" docker ", " --context -c "},
    {" kamal mrsk ", " -d --destination "},
    {" supabase ", " --project-ref "},
    {" doppler ", " --config -c "},
};
// Of scripts that are called after it: ./deploy.sh --env production.
constexpr Options kDeployScripts = {
    "deploy", " --env --environment --stage --target --namespace -e -s -n "};

const Options* target_of(std::string_view program) {
  const std::string word = " " + std::string(program) + " ";
  for (const Options& target : kTargets) {
    if (target.programs.find(word) != target.programs.npos) return &target;
  }
  return program.find(kDeployScripts.programs) != program.npos ? &kDeployScripts
                                                               : nullptr;
}

// "$X", "${X}" or "${{ env.X }}" -> X; empty when the text is anything else.
std::string_view variable_in(std::string_view text) {
  if (!text.starts_with('$')) return {};
  text.remove_prefix(1);
  while (!text.empty() && (text.front() == '{' || text.front() == ' ')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == '}' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  if (text.starts_with("env.")) text.remove_prefix(4);
  return text.find_first_of(".:${} ") == text.npos ? text : std::string_view();
}

std::string_view resolved(const Command& command, std::string_view value) {
  const std::string_view variable = variable_in(value);
  if (variable.empty()) return value;
  const LabelledFile& file = *command.file;
  if (pipeline_of(file.path) == PipelineSystem::none) return value;
  const std::uint32_t at =
      variable_at(file, file.entries()[command.entry], variable);
  if (at == kNoEntry) return value;
  const Entry& entry = file.entries()[at];
  return entry.kind == EntryKind::literal && !entry.is_template
             ? entry.value.reveal()
             : value;
}

}  // namespace

std::string production_target(const Command& command) {
  const Options* const target = target_of(command.program());
  if (!target) return {};
  std::string_view options = target->options.substr(1);
  while (!options.empty()) {
    const std::string_view option = options.substr(0, options.find(' '));
    options.remove_prefix(option.size() + 1);
    const std::string_view value = resolved(command, command.option(option));
    // `-e KEY=value` sets a variable.
    if (value.empty() || value.front() == '$' || value.front() == '-' ||
        value.find('=') != value.npos || !names_production(value)) {
      continue;
    }
    return std::string(option) + " " + std::string(value);
  }
  return {};
}

}  // namespace overreach
