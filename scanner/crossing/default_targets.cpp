// env/default-target-is-production: what a command without arguments will act
// on.  Nothing is wrong with it alone; it is what makes a slip, or an agent,
// dangerous.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"
#include "scanner/crossing/danger.h"
#include "scanner/crossing/finders.h"
#include "scanner/crossing/names.h"

namespace overreach {
namespace {

struct Selection {
  std::string_view file, key;  // patterns
  std::string_view command;    // that follows the selection
};
constexpr Selection kSelections[] = {
    {".firebaserc", ".projects.default", "firebase"},
    {".envrc", ".AWS_PROFILE", "aws"},
    {".envrc", ".AWS_DEFAULT_PROFILE", "aws"},
    {".envrc", ".TF_WORKSPACE", "terraform"},
    {".envrc", ".KUBECONFIG", "kubectl"},
    {".envrc", ".CLOUDSDK_ACTIVE_CONFIG_NAME", "gcloud"},
    {".envrc", ".(CLOUDSDK_CORE_PROJECT|GOOGLE_CLOUD_PROJECT)", "gcloud"},
    {".envrc", ".FLY_APP", "fly"},
    {".envrc", ".HEROKU_APP", "heroku"},
    {".terraform/environment", ".0", "terraform"},
    {"supabase/.temp/project-ref", ".0", "supabase"},
    {".kube/config", ".current-context", "kubectl"},
    {"(kubeconfig*|*.kubeconfig|kube*.(yml|yaml))", ".current-context",
     "kubectl"},
};

void add(const LabelledFile& file, std::size_t at, std::string_view command,
         Reason reason, Collector& collector) {
  const Entry& entry = file.entries()[at];
  Draft draft;
  draft.kind = "env/default-target-is-production";
  draft.severity = Severity::low;
  draft.is_template = file.is_template;
  draft.subject = std::string(command);
  draft.places = {noted(place_of(file, at), reason.text)};
  draft.message = "A plain `" + std::string(command) +
                  "` here acts on "
                  "production, for " +
                  std::string(entry.path) + " in " + file.path +
                  " selects it: who forgets to name a target, or "
                  "an agent that does, changes production";
  draft.reasons = {std::move(reason)};
  collector.add(std::move(draft));
}

// {"default": "acme-1", "production": "acme-1"}
bool is_production_project(const LabelledFile& file, const Entry& entry) {
  return std::any_of(
      file.entries().begin(), file.entries().end(), [&](const Entry& other) {
        return other.path != entry.path && other.section() == entry.section() &&
               names_production(other.key) &&
               other.value.reveal() == entry.value.reveal();
      });
}

void find_selection(const std::vector<LabelledFile>& files,
                    const LabelledFile& file, const Selection& selection,
                    Collector& collector) {
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.kind != EntryKind::literal ||
        !match_path(selection.key, entry.path, '.')) {
      continue;
    }
    if (names_production(entry.value.reveal())) {
      add(file, i, selection.command,
          {"name", "name " + std::string(entry.value.reveal())}, collector);
    } else if (selection.command == "firebase" &&
               is_production_project(file, entry)) {
      add(file, i, selection.command, {"same", "the project of production"},
          collector);
    } else if (const LabelledFile* const known =
                   production_naming(files, entry.value.reveal())) {
      add(file, i, selection.command,
          {"anchor", "what production uses in " + known->path}, collector);
    }
  }
}

// `fly deploy` takes fly.toml; other environments have files of their own.
void find_fly(const std::vector<LabelledFile>& files, const LabelledFile& file,
              Collector& collector) {
  const std::string folder = file.path.substr(0, file.path.size() - 8);
  const bool has_others =
      std::any_of(files.begin(), files.end(), [&](const LabelledFile& other) {
        return other.path.starts_with(folder + "fly.") &&
               other.path.ends_with(".toml") &&
               other.path.find('/', folder.size()) == std::string::npos &&
               is_good_elsewhere(label_of_name(
                   std::string_view(other.path).substr(folder.size())));
      });
  if (!has_others) return;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.path != "app" || !names_production(entry.value.reveal())) {
      continue;
    }
    add(file, i, "fly deploy",
        {"name", "name " + std::string(entry.value.reveal())}, collector);
  }
}

// What was found around the folder: variables, links, the state of tools.
void add(const AmbientTarget& target, Collector& collector) {
  Draft draft;
  draft.kind = "env/default-target-is-production";
  draft.severity = Severity::low;
  draft.subject = target.tool + " " + target.name;
  draft.reasons = {{"name", "name " + target.name}};
  draft.places = {noted(target.place, name_of(target))};
  draft.message = "A plain command of " + target.tool + " acts on the " +
                  target.what + " " + target.name +
                  ", which is production by " + target.known_by +
                  ": who forgets to name a target, or an agent that does, "
                  "changes production";
  collector.add(std::move(draft));
}

// Before the patterns are compared, which takes longer.
bool may_select(std::string_view path) {
  const std::string_view name = file_name(path);
  return name.starts_with('.') || name == "config" || name == "fly.toml" ||
         name == "environment" || name == "project-ref" ||
         name.find("kube") != name.npos;
}

}  // namespace

void find_default_targets(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (!may_select(file.path)) continue;
    for (const Selection& selection : kSelections) {
      if (match_path(selection.file, file.path)) {
        find_selection(input.files, file, selection, collector);
      }
    }
    if (match_path("fly.toml", file.path)) {
      find_fly(input.files, file, collector);
    }
  }
  for (const AmbientTarget* const target : production_targets(input.targets)) {
    add(*target, collector);
  }
}

}  // namespace overreach
