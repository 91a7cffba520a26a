// agent/no-secret-deny: secrets that the settings of an agent leave readable.
//
// Claude Code has rules; others have a file of their own in the notation of
// .gitignore.  Who has neither is not known to work here.  Cursor is left out:
// what we take for stores of secrets it does not read by default.

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "scanner/base/text.h"
#include "scanner/base/wildmatch.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

// What else an agent leaves alone.
enum class Skips { nothing, what_git_ignores };

struct IgnoreFile {
  std::string_view name, agent;
  Skips skips;
};
constexpr IgnoreFile kIgnoreFiles[] = {
    {".aiderignore", "aider", Skips::what_git_ignores},
    {".clineignore", "Cline", Skips::nothing},
    {".codeiumignore", "Windsurf", Skips::what_git_ignores},
    {".geminiignore", "Gemini CLI", Skips::what_git_ignores},
    {".rooignore", "Roo Code", Skips::nothing},
};

// The folder whose agent the file is about: "a/" of a/.claude/settings.json.
std::string_view project_of(std::string_view path) {
  const std::size_t at = path.rfind(".claude/");
  return at == path.npos ? std::string_view() : path.substr(0, at);
}

bool is_claude(const LabelledFile& file) {
  return file.path.find(".claude/settings") != std::string::npos &&
         is_agent_settings(file.path) && !file.is_template;
}

bool denies_reading(const LabelledFile& file) {
  return std::any_of(
      file.entries().begin(), file.entries().end(), [](const Entry& entry) {
        return (entry.section() == "permissions.deny" &&
                entry.value.reveal().starts_with("Read")) ||
               entry.path.find("denyRead") != std::string_view::npos;
      });
}

// The first file below the folder that holds secrets and that `may_read` lets
// an agent have.
template <typename MayRead>
const Place* secret_file_below(std::string_view folder,
                               const CrossingInput& input,
                               const MayRead& may_read) {
  for (const Credential& credential : input.credentials) {
    for (const Place& place : credential.places) {
      const std::string_view path = place.path;
      const bool is_store = path.find(".env") != path.npos ||
                            path.ends_with(".pem") || path.ends_with(".key");
      if (is_store && path.starts_with(folder) && !is_example_path(path) &&
          path.find("example") == path.npos &&
          path.find("sample") == path.npos && may_read(place)) {
        return &place;
      }
    }
  }
  return nullptr;
}

void add(const LabelledFile& file, std::string_view folder,
         std::string_view agent, const Place& secret, Collector& collector) {
  Draft draft;
  draft.kind = "agent/no-secret-deny";
  draft.severity = Severity::low;
  draft.subject = std::string(folder);
  draft.reasons = {{"agent settings", "no rule denies reading secrets"}};
  draft.places = {noted(place_of(file, 0), "the settings of the agent"),
                  noted(secret, "holds secrets")};
  draft.message = "Nothing in " + file.path + " keeps " + std::string(agent) +
                  " from reading " + secret.path +
                  ": its secrets can end up in a conversation, and be used";
  collector.add(std::move(draft));
}

void find_in_rules(const CrossingInput& input, Collector& collector) {
  std::string_view done = "/";  // no project is called so
  for (const LabelledFile& file : input.files) {
    const std::string_view folder = project_of(file.path);
    if (!is_claude(file) || file.entries().empty() || folder == done) continue;
    done = folder;
    const bool denies = std::any_of(
        input.files.begin(), input.files.end(), [&](const auto& each) {
          return is_claude(each) && project_of(each.path) == folder &&
                 denies_reading(each);
        });
    const Place* const secret = secret_file_below(
        folder, input, [](const Place& /*place*/) { return true; });
    if (!denies && secret) add(file, folder, "the agent", *secret, collector);
  }
}

// Of a path below the folder of the ignore file, or one of the folders above
// it: the last pattern that fits decides.
bool is_ignored(const LabelledFile& file, std::string_view path) {
  bool is_left_alone = false;
  for (const Entry& entry : file.entries()) {
    std::string pattern(entry.value.reveal());
    const bool takes_back = pattern.starts_with('!');
    if (takes_back) pattern.erase(0, 1);
    if (pattern.ends_with('/')) pattern.pop_back();
    const bool is_anchored = pattern.find('/') != std::string::npos;
    if (pattern.starts_with('/')) pattern.erase(0, 1);
    if (!is_anchored) pattern.insert(0, "**/");
    if (wildmatch(pattern, path, false) ||
        wildmatch(pattern + "/**", path, false)) {
      is_left_alone = !takes_back;
    }
  }
  return is_left_alone;
}

void find_in_ignore_files(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    const std::string_view name = file_name(file.path);
    const auto* const known =
        std::find_if(std::begin(kIgnoreFiles), std::end(kIgnoreFiles),
                     [&](const IgnoreFile& each) { return each.name == name; });
    if (known == std::end(kIgnoreFiles) || file.entries().empty()) continue;
    const std::string_view folder =
        std::string_view(file.path).substr(0, file.path.size() - name.size());
    const Place* const secret =
        secret_file_below(folder, input, [&](const Place& place) {
          if (known->skips == Skips::what_git_ignores &&
              place.exposure == Exposure::ignored) {
            return false;
          }
          return !is_ignored(
              file, std::string_view(place.path).substr(folder.size()));
        });
    if (secret) add(file, folder, known->agent, *secret, collector);
  }
}

}  // namespace

void find_agent_denials(const CrossingInput& input, Collector& collector) {
  find_in_rules(input, collector);
  find_in_ignore_files(input, collector);
}

}  // namespace overreach
