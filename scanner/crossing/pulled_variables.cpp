// env/production-env-pulled-to-local: a command that writes production's
// variables into a file of this machine.

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "scanner/base/text.h"
#include "scanner/crossing/commands.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"
#include "scanner/crossing/pipelines.h"

namespace overreach {
namespace {

// The options that name whose variables are taken.
struct Pull {
  std::string_view program;
  std::string_view words;    // all of them have to be there; '|': or these
  std::string_view options;  // one of them names production
  bool prints;               // unless it is sent into a file
};
constexpr Pull kPulls[] = {
    {"vercel", "env pull", "--environment", false},
    {"eas", "env:pull", "--environment", false},
    {"dotenv-vault", "pull", "--env", false},
    {"doppler", "secrets download", "--config -c", false},
    {"infisical", "export", "--env", true},
    {"railway", "variables|vars", "-e --environment", true},
    {"netlify", "env:list|env:export", "--context", true},
    {"heroku", "config|config:get", "-a --app", true},
    {"kubectl", "get secret|get secrets|get configmap",
     "-n --namespace --context", true},
    {"fly", "ssh console", "-a --app", true},
    {"flyctl", "ssh console", "-a --app", true},
    {"aws", "get-secret-value|get-parameter|get-parameters-by-path",
     "--secret-id --name --path --profile", true},
    {"gcloud", "secrets versions access", "--secret --project", true},
};

// Takes the text in front of `sign` off `rest`.
std::string_view take(std::string_view& rest, char sign) {
  const std::string_view part = rest.substr(0, rest.find(sign));
  rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  return part;
}

bool has_words(const Command& command, std::string_view alternatives) {
  while (!alternatives.empty()) {
    std::string_view words = take(alternatives, '|');
    bool has_all = true;
    while (!words.empty()) has_all = command.has(take(words, ' ')) && has_all;
    if (has_all) return true;
  }
  return false;
}

bool names_production_by(const Command& command, std::string_view options) {
  while (!options.empty()) {
    if (names_production(command.option(take(options, ' ')))) return true;
  }
  return false;
}

// ".env", ".env.local", "config/.env": what a process loads by itself.
bool is_loaded_file(std::string_view word) {
  const std::string_view name = file_name(word);
  return name.starts_with(".env") || name.starts_with(".dev.vars");
}

bool writes_loaded_file(const Command& command) {
  for (std::size_t i = 1; i + 1 < command.words.size(); ++i) {
    const std::string_view sign = command.words[i];
    if ((sign == ">" || sign == ">>") && is_loaded_file(command.words[i + 1])) {
      return true;
    }
  }
  return false;
}

bool pulls_production(const Command& command) {
  return std::any_of(std::begin(kPulls), std::end(kPulls),
                     [&](const Pull& pull) {
                       return command.program() == pull.program &&
                              has_words(command, pull.words) &&
                              names_production_by(command, pull.options) &&
                              (!pull.prints || writes_loaded_file(command));
                     });
}

// Of package.json: run by developers and tests, without anybody asking for it.
bool is_run_by_itself(const Entry& entry) {
  const std::string_view section = entry.section();
  constexpr std::string_view kScripts = "scripts.";
  if (!section.starts_with(kScripts)) return false;
  const std::string name(section.substr(kScripts.size()));
  constexpr std::string_view kNames =
      " dev predev start prestart test pretest posttest postinstall install "
      "prepare ";
  return kNames.find(" " + name + " ") != kNames.npos;
}

void find_pull(const Command& command, Collector& collector) {
  if (!pulls_production(command)) return;
  // Into a file that says whose it is.
  if (std::any_of(command.words.begin(), command.words.end(),
                  [](std::string_view word) {
                    return is_loaded_file(word) && names_production(word);
                  })) {
    return;
  }
  const LabelledFile& file = *command.file;
  const EnvironmentLabel& place = place_label(file, command.entry);
  // A pipeline builds production somewhere; only one of another environment
  // should not have its variables.
  const bool is_pipeline = pipeline_of(file.path) != PipelineSystem::none;
  if (place.is_production() || (is_pipeline && !is_good_elsewhere(place))) {
    return;
  }
  const Entry& entry = file.entries()[command.entry];
  const std::string program(command.program());
  Draft draft;
  draft.kind = "env/production-env-pulled-to-local";
  draft.severity = Severity::medium;
  draft.is_template = file.is_template;
  draft.subject = program;
  draft.reasons = reasons_of(file.regions[file.labels[command.entry].region]);
  draft.reasons.push_back(
      {"command", program + " writes production's variables to this machine"});
  if (is_run_by_itself(entry)) {
    draft.severity = Severity::high;
    draft.reasons.push_back(
        {"script", std::string(entry.section()) + " runs it every time"});
  }
  draft.places = {noted(place_of(file, command.entry), "pulls production's")};
  draft.message = file.path +
                  " copies production's variables into a local file: "
                  "everything that is started there, tests and agents too, "
                  "then works on production";
  collector.add(std::move(draft));
}

}  // namespace

void find_pulled_variables(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    for (const Command& command : commands_of(file)) {
      find_pull(command, collector);
    }
  }
}

}  // namespace overreach
