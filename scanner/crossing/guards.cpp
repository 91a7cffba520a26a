// The seat belts of the tools themselves, taken off where production is worked
// on: checks switched off, questions answered beforehand.  Pipelines have kinds
// of their own.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"
#include "scanner/crossing/commands.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/pipelines.h"
#include "scanner/crossing/places.h"

namespace overreach {
namespace {

// A command that does not ask.  Words and flags are between blanks: all of the
// words, one of the flags.
struct Unasked {
  std::string_view programs, words, flags;
  Severity severity;
  std::string_view means;  // a clause
};
constexpr std::string_view kResets = "the database is emptied";
constexpr std::string_view kDestroys = "what it describes is deleted";
constexpr Unasked kUnasked[] = {
    {" prisma ", " migrate reset ", " --force -f ", Severity::high, kResets},
    {" prisma ", " db push ", " --force-reset ", Severity::high, kResets},
    {" prisma ", " db push ", " --accept-data-loss ", Severity::high,
     "columns and tables are dropped with their data"},
    {" terraform tofu terragrunt ", " destroy ",
     " -auto-approve --auto-approve --terragrunt-non-interactive ",
     Severity::high, kDestroys},
    {" terraform tofu terragrunt ", " apply ", " -auto-approve --auto-approve ",
     Severity::medium, "what the plan deletes is deleted"},
    {" terraform tofu terragrunt ", "", " -lock=false ", Severity::medium,
     "two changes at once break the state"},
    {" pulumi ", " up ", " -y --yes ", Severity::medium,
     "what the program no longer has is deleted"},
    {" pulumi ", " destroy ", " -y --yes --skip-preview ", Severity::high,
     kDestroys},
    {" cdk ", " destroy ", " -f --force ", Severity::high, kDestroys},
    {" heroku ", " pg:reset ", " --confirm -c ", Severity::high, kResets},
    {" supabase ", " db reset ", " --linked --db-url ", Severity::high,
     kResets},
    {" railway ", " delete ", " -y --yes ", Severity::high, kDestroys},
    {" railway ", " down ", " -y --yes ", Severity::high, kDestroys},
    {" fly flyctl ", " volumes destroy ", " -y --yes ", Severity::high,
     "the volume and its snapshots are deleted"},
    {" fly flyctl ", " apps destroy ", " -y --yes ", Severity::high, kDestroys},
    {" kubectl ", " delete namespace ", " --force --wait=false --now ",
     Severity::high, "everything in the namespace is deleted"},
    {" kubectl ", " delete ns ", " --force --wait=false --now ", Severity::high,
     "everything in the namespace is deleted"},
    {" kubectl ", " delete pvc ", " --force --all ", Severity::high,
     "volumes are deleted"},
    {" aws ", " rds delete-db-instance ", " --skip-final-snapshot ",
     Severity::high, "the database is deleted with its automatic backups"},
    {" aws ", " rds delete-db-cluster ", " --skip-final-snapshot ",
     Severity::high, "the database is deleted with its automatic backups"},
};

constexpr std::string_view kTargets[] = {
    "--context", "--kube-context", "--namespace",
    "-n",        "--profile",      "--app",
    "-a",        "--project",      "--stack",
    "-s",        "--env",          "--environment",
    "-e",        "-var-file"};

// The names of programs that only start another one.
constexpr std::string_view kStarters =
    " npx bunx pnpm yarn npm bun exec dlx sudo bundle run ";

constexpr std::string_view kRailsCheck = "DISABLE_DATABASE_ENVIRONMENT_CHECK";

bool is_pipeline(std::string_view path) {
  return pipeline_of(path) != PipelineSystem::none;
}

bool is_shell_profile(std::string_view path) {
  return match_path(
             "(.bashrc|.bash_profile|.profile|.zshrc|.zshenv|.zprofile|.envrc)",
             path)
      .has_value();
}

Draft draft_at(const LabelledFile& file, std::size_t at) {
  Draft draft;
  draft.kind = "protect/guard-disabled";
  draft.severity = Severity::medium;
  draft.destroys = true;
  draft.is_template = file.is_template || is_example_path(file.path);
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  return draft;
}

// Rails refuses to drop the database of production unless this is set.
void find_rails_check(const LabelledFile& file, std::size_t at,
                      Collector& collector) {
  const Entry& entry = file.entries()[at];
  if (entry.key != kRailsCheck || entry.value.empty() ||
      is_listed(" 0 false ", entry.value.reveal())) {
    return;
  }
  const bool is_profile = is_shell_profile(file.path);
  if (!is_profile && !is_in_production(file, at)) return;
  Draft draft = draft_at(file, at);
  if (is_in_production(file, at)) draft.severity = Severity::high;
  draft.subject = kRailsCheck;
  draft.reasons.push_back({"setting", std::string(kRailsCheck) + " is set"});
  draft.places = {noted(place_of(file, at), "switches the check off")};
  draft.message = std::string(kRailsCheck) + " is set in " + file.path +
                  (is_profile ? ", for every shell: " : ", for production: ") +
                  "Rails no longer refuses to drop the database of production";
  collector.add(std::move(draft));
}

bool has_all(std::string_view list,
             const std::vector<std::string_view>& words) {
  while (!list.empty()) {
    const std::size_t blank = std::min(list.find(' '), list.size());
    const std::string_view word = list.substr(0, blank);
    if (!word.empty() &&
        std::find(words.begin(), words.end(), word) == words.end()) {
      return false;
    }
    list.remove_prefix(std::min(blank + 1, list.size()));
  }
  return true;
}

const Unasked* unasked_of(const std::vector<std::string_view>& words) {
  std::size_t at = 0;
  while (at + 1 < words.size() && is_listed(kStarters, words[at])) ++at;
  const std::string_view program = words[at];
  const auto* const row = std::find_if(
      std::begin(kUnasked), std::end(kUnasked), [&](const Unasked& each) {
        return is_listed(each.programs, program) &&
               has_all(each.words, words) &&
               std::any_of(words.begin(), words.end(),
                           [&](std::string_view word) {
                             return is_listed(each.flags, word);
                           });
      });
  return row == std::end(kUnasked) ? nullptr : row;
}

// What says that the command is about production, besides where it stands: an
// option, a variable in front of it, the name of the script.
std::string named_target(const Command& command) {
  for (const std::string_view option : kTargets) {
    const std::string_view value = command.option(option);
    if (!value.empty() && value.front() != '$' && names_production(value)) {
      return std::string(option) + " " + std::string(value);
    }
  }
  const auto& entries = command.file->entries();
  const Entry& program = entries[command.entry];
  for (std::size_t i = command.entry; i-- > 0;) {
    const Entry& entry = entries[i];
    if (entry.group != program.group) break;
    const bool is_production = entry.kind == EntryKind::reference
                                   ? names_production(entry.names)
                                   : names_production(entry.value.reveal());
    if (is_production && entry.kind != EntryKind::command_argument) {
      return std::string(entry.key) + " in front of it";
    }
  }
  for (const std::string& segment : segments_of(program.section())) {
    if (names_production(segment)) return "the name " + segment;
  }
  return {};
}

void find_unasked(const Command& command, Collector& collector) {
  const LabelledFile& file = *command.file;
  const Unasked* const row = unasked_of(command.words);
  if (!row || is_pipeline(file.path) ||
      is_in_other_environment(file, command.entry)) {
    return;
  }
  const std::string target = named_target(command);
  if (target.empty() && !is_in_production(file, command.entry)) return;
  const std::string_view flag = *std::find_if(
      command.words.begin(), command.words.end(),
      [&](std::string_view word) { return is_listed(row->flags, word); });
  Draft draft = draft_at(file, command.entry);
  draft.severity = row->severity;
  draft.subject = std::string(command.program()) + std::string(row->words);
  draft.reasons.push_back({"command", std::string(command.program()) +
                                          " with " + std::string(flag) +
                                          " asks nobody"});
  if (!target.empty()) draft.reasons.push_back({"target", target});
  draft.places = {
      noted(place_of(file, command.entry), "with " + std::string(flag))};
  draft.message = file.path + " runs " + std::string(command.program()) +
                  " with " + std::string(flag) +
                  " on production: nobody is asked, and " +
                  std::string(row->means);
  collector.add(std::move(draft));
}

}  // namespace

void find_disabled_guards(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (is_pipeline(file.path)) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      find_rails_check(file, i, collector);
    }
  }
  for (const Command& command : input.commands) {
    find_unasked(command, collector);
  }
}

}  // namespace overreach
