// Pipelines: who may reach production from a workflow, and what asks before.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/commands.h"
#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

constexpr int kGoodWord = 2;

bool names_production(std::string_view name) {
  const EnvironmentLabel label = label_of_name(name);
  return label.is_production() && label.strength >= kGoodWord;
}

// Destroys without a question: the program, words it must have in a row, and a
// flag that takes the question away.
struct Destroyer {
  std::string_view program;
  std::vector<std::string_view> row;
  std::vector<std::string_view> flags;  // one of; none: needs none
};

const std::vector<Destroyer>& destroyers() {
  static const std::vector<Destroyer> all = {
      {"terraform", {"destroy"}, {"-auto-approve", "--auto-approve"}},
      {"tofu", {"destroy"}, {"-auto-approve", "--auto-approve"}},
      {"terragrunt", {"destroy"}, {"-auto-approve", "--auto-approve"}},
      {"pulumi", {"destroy"}, {"-y", "--yes"}},
      {"cdk", {"destroy"}, {"-f", "--force"}},
      {"helm", {"uninstall"}, {}},
      {"kubectl", {"delete", "pvc"}, {}},
      {"kubectl", {"delete", "pv"}, {}},
      {"kubectl", {"delete", "namespace"}, {}},
      {"kubectl", {"delete", "ns"}, {}},
      {"aws", {"rds", "delete-db-instance"}, {}},
      {"heroku", {"pg:reset"}, {}},
      {"flyctl", {"volumes", "destroy"}, {"-y", "--yes"}},
      {"fly", {"volumes", "destroy"}, {"-y", "--yes"}},
      {"prisma", {"migrate", "reset"}, {"--force"}},
      {"supabase", {"db", "reset"}, {"--linked"}},
  };
  return all;
}

bool destroys(const Command& command) {
  return std::any_of(
      destroyers().begin(), destroyers().end(), [&](const Destroyer& each) {
        return command.program() == each.program &&
               std::search(command.words.begin() + 1, command.words.end(),
                           each.row.begin(),
                           each.row.end()) != command.words.end() &&
               (each.flags.empty() ||
                std::any_of(
                    each.flags.begin(), each.flags.end(),
                    [&](std::string_view flag) { return command.has(flag); }));
      });
}

constexpr std::string_view kTargets[] = {"--context",
                                         "--namespace",
                                         "-n",
                                         "--stage",
                                         "--env",
                                         "-e",
                                         "--environment",
                                         "--workspace",
                                         "--profile",
                                         "--app",
                                         "-a",
                                         "--stack",
                                         "-s",
                                         "-var-file",
                                         "--project",
                                         "--kube-context"};

// The option by which a command names production; empty when none does.
std::string_view production_target(const Command& command) {
  for (const std::string_view option : kTargets) {
    const std::string_view value = command.option(option);
    if (!value.empty() && value.front() != '$' && names_production(value)) {
      return option;
    }
  }
  return {};
}

Draft draft_at(std::string_view kind, const LabelledFile& file,
               std::size_t at) {
  Draft draft;
  draft.kind = kind;
  draft.is_template = file.is_template;
  draft.reasons = reasons_of(file.regions[file.labels[at].region]);
  return draft;
}

void find_targets(const Command& command, Collector& collector) {
  const LabelledFile& file = *command.file;
  const EnvironmentLabel& place = place_label(file, command.entry);
  const std::string_view option = production_target(command);
  if (option.empty() || !place.is_elsewhere() || place.strength < kGoodWord) {
    return;
  }
  Draft draft =
      draft_at("env/nonprod-deploys-to-prod-target", file, command.entry);
  const std::string target =
      std::string(option) + " " + std::string(command.option(option));
  draft.severity = Severity::high;
  draft.subject = std::string(command.program()) + " " + target;
  draft.reasons.push_back({"target", target});
  draft.places = {noted(place_of(file, command.entry), target)};
  draft.message = file.path + " is for " + std::string(name_of(place.value)) +
                  " there and runs " + std::string(command.program()) +
                  " with " + target + ": what should change " +
                  std::string(name_of(place.value)) + " changes production";
  collector.add(std::move(draft));
}

void find_destroyers(const Command& command, Collector& collector) {
  const LabelledFile& file = *command.file;
  const EnvironmentLabel& place = place_label(file, command.entry);
  const std::string_view option = production_target(command);
  const bool is_production =
      !option.empty() || (place.is_production() && place.strength >= kGoodWord);
  if (!is_production || !destroys(command)) return;
  Draft draft = draft_at("ci/auto-approved-destroy", file, command.entry);
  draft.severity = Severity::high;
  draft.destroys = true;
  draft.subject = std::string(command.program());
  draft.reasons.push_back({"command", std::string(command.program()) +
                                          " destroys and asks nobody"});
  if (!option.empty()) {
    draft.reasons.push_back(
        {"target",
         std::string(option) + " " + std::string(command.option(option))});
  }
  draft.places = {noted(place_of(file, command.entry), "destroys unasked")};
  draft.message = file.path + " runs " + std::string(command.program()) +
                  " on production so that it destroys without asking: whoever "
                  "starts it, or edits it, deletes production";
  collector.add(std::move(draft));
}

// `vercel env pull .env --environment=production` and its like.
bool pulls_production(const Command& c) {
  const std::string_view program = c.program();
  if (program == "vercel") {
    return c.has({"env", "pull"}) &&
           names_production(c.option("--environment"));
  }
  if (program == "doppler") {
    return c.has({"secrets", "download"}) &&
           (names_production(c.option("--config")) ||
            names_production(c.option("-c")));
  }
  if (program == "infisical") {
    return c.has("export") && names_production(c.option("--env"));
  }
  if (program == "railway") {
    return c.has("variables") && (names_production(c.option("-e")) ||
                                  names_production(c.option("--environment")));
  }
  if (program == "netlify") {
    return c.has("env:list") && names_production(c.option("--context"));
  }
  if (program == "eas") {
    return c.has("env:pull") && names_production(c.option("--environment"));
  }
  if (program == "heroku") {
    return c.has("config") && (names_production(c.option("-a")) ||
                               names_production(c.option("--app")));
  }
  return false;
}

void find_pulls(const Command& command, Collector& collector) {
  if (!pulls_production(command)) return;
  for (const std::string_view word : command.words) {
    // Into a file that says whose it is.
    if (word.find(".env") != word.npos && names_production(word)) return;
  }
  const LabelledFile& file = *command.file;
  if (place_label(file, command.entry).is_production()) return;
  Draft draft =
      draft_at("env/production-env-pulled-to-local", file, command.entry);
  draft.severity = Severity::medium;
  draft.subject = std::string(command.program());
  draft.reasons.push_back(
      {"command", std::string(command.program()) +
                      " writes production's variables to this machine"});
  draft.places = {noted(place_of(file, command.entry), "pulls production's")};
  draft.message = file.path +
                  " copies production's variables into a local "
                  "file: everything that is started there, tests "
                  "and agents too, then works on production";
  collector.add(std::move(draft));
}

// A key that lives for ever where a login for minutes would do.
void find_long_lived_keys(const LabelledFile& file, Collector& collector) {
  if (!match_path(".github/workflows/*", file.path)) return;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    const bool is_key = entry.target == Target::secret &&
                        (entry.key == "aws-secret-access-key" ||
                         entry.key == "AWS_SECRET_ACCESS_KEY" ||
                         entry.key == "credentials_json");
    if (!is_key) continue;
    Draft draft = draft_at("ci/long-lived-cloud-key-instead-of-oidc", file, i);
    draft.severity =
        names_production(entry.names) ? Severity::medium : Severity::low;
    draft.subject = std::string(entry.names);
    draft.reasons.push_back({"name", "name " + std::string(entry.names)});
    draft.places = {noted(place_of(file, i), std::string(entry.names))};
    draft.message = file.path +
                    " logs in to a cloud with a key that never "
                    "expires (" +
                    std::string(entry.names) +
                    "): who gets it once keeps the access";
    collector.add(std::move(draft));
  }
}

}  // namespace

void find_open_deployments(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    find_long_lived_keys(file, collector);
    for (const Command& command : commands_of(file)) {
      find_targets(command, collector);
      find_destroyers(command, collector);
      find_pulls(command, collector);
    }
  }
}

}  // namespace overreach
