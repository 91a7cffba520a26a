// Settings and launchers that let an agent run without asking.

#include <algorithm>
#include <array>
#include <string>

#include "scanner/base/path_pattern.h"
#include "scanner/crossing/commands.h"
#include "scanner/crossing/file_kinds.h"
#include "scanner/crossing/finders.h"

namespace overreach {
namespace {

// A setting that takes the question away.
struct Unattended {
  std::string_view tool;
  std::string_view file;   // pattern of the path
  std::string_view path;   // pattern of the key path; empty: `key` decides
  std::string_view key;    // for names that have dots in them
  std::string_view value;  // between spaces: one of these
};

// From the settings references of each tool.  Keys that the tools are known to
// ignore are not here: "dangerouslySkipPermissions" of Claude Code,
// defaultApprovalMode "yolo" of Gemini CLI.
constexpr Unattended kUnattended[] = {
    {"Claude Code", ".claude/*.json", ".permissions.defaultMode", "",
     " bypassPermissions "},
    {"Claude Code", ".claude/*.json", ".permissions.allow.*", "",
     " * Bash Bash(*) Bash(:*) Bash(**) "},
    {"Claude Code", ".vscode/settings.json", "",
     "claudeCode.allowDangerouslySkipPermissions", " true "},
    {"GitHub Copilot", ".vscode/settings.json", "",
     "chat.tools.global.autoApprove", " true "},
    {"GitHub Copilot", ".vscode/settings.json", "", "chat.tools.autoApprove",
     " true "},
    {"GitHub Copilot", ".vscode/settings.json", "", "/.*/", " true "},
    {"Cursor", ".cursor/*.json", ".approvalMode", "", " unrestricted "},
    {"Cursor", ".cursor/*.json", ".permissions.allow.*", "",
     " Shell(*) Shell(**) "},
    {"Gemini CLI", ".gemini/settings.json", ".mcpServers.*.trust", "",
     " true "},
    {"opencode", "(opencode|.opencode).(json|jsonc)", ".permission", "",
     " allow "},
    {"opencode", "(opencode|.opencode).(json|jsonc)", ".permission.bash", "",
     " allow "},
    {"opencode", "(opencode|.opencode).(json|jsonc)", ".permission.*", "*",
     " allow "},
    {"Amp", "settings.json", "", "amp.dangerouslyAllowAll", " true "},
    {"goose", ".goose/config.yaml", ".GOOSE_MODE", "", " auto "},
};

// The same on a command line.
struct Launcher {
  std::string_view tool, program, flags;
};
constexpr Launcher kLaunchers[] = {
    {"Claude Code", "claude", " --dangerously-skip-permissions "},
    {"Codex", "codex", " --dangerously-bypass-approvals-and-sandbox --yolo "},
    {"Gemini CLI", "gemini", " --yolo --approval-mode=yolo "},
    {"Copilot CLI", "copilot", " --allow-all-tools --allow-all --yolo "},
    {"Cursor", "cursor-agent", " --force --yolo "},
    {"Qwen Code", "qwen", " --yolo "},
    {"Crush", "crush", " --yolo "},
    {"Amazon Q", "q", " --trust-all-tools "},
};

bool is_one_of(std::string_view list, std::string_view value) {
  return list.find(" " + std::string(value) + " ") != list.npos;
}

bool fits(const Unattended& row, const Entry& entry) {
  if (!is_one_of(row.value, entry.value.reveal())) return false;
  if (!row.key.empty() && row.key != entry.key) return false;
  return row.path.empty() || match_path(row.path, entry.path, '.').has_value();
}

std::string_view value_at(const LabelledFile& file, std::string_view path) {
  for (const Entry& entry : file.entries()) {
    if (entry.path == path) return entry.value.reveal();
  }
  return {};
}

Draft draft_at(const LabelledFile& file, std::size_t at, std::string_view tool,
               const std::string& what) {
  Draft draft;
  draft.kind = "agent/unattended-execution";
  draft.severity = Severity::medium;
  draft.is_template = file.is_template;
  draft.subject = std::string(tool);
  draft.reasons = {{"agent settings", what}};
  draft.places = {noted(place_of(file, at),
                        "lets " + std::string(tool) + " act without asking")};
  draft.message = std::string(tool) + " runs commands here without asking (" +
                  what + " in " + file.path +
                  "): nothing stands between a wrong idea and its execution";
  return draft;
}

std::string said(const Entry& entry) {
  return std::string(entry.key) + " " + std::string(entry.value.reveal());
}

void find_settings(const LabelledFile& file, Collector& collector) {
  // An organization that forbids the mode is obeyed.
  if (value_at(file, "permissions.disableBypassPermissionsMode") == "disable") {
    return;
  }
  for (const Unattended& row : kUnattended) {
    if (!match_path(row.file, file.path)) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (fits(row, entry)) {
        collector.add(draft_at(file, i, row.tool, said(entry)));
      }
    }
  }
}

// Codex asks nobody and has no sandbox only when both are set so.
void find_codex(const LabelledFile& file, Collector& collector) {
  if (!match_path(".codex/*.toml", file.path)) return;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const Entry& entry = file.entries()[i];
    if (entry.key != "approval_policy" || entry.value.reveal() != "never") {
      continue;
    }
    std::string sandbox(entry.section());
    append_segment(sandbox, "sandbox_mode");
    if (value_at(file, sandbox) != "danger-full-access") continue;
    collector.add(draft_at(file, i, "Codex",
                           "approval_policy never, sandbox_mode "
                           "danger-full-access"));
  }
}

bool is_contained(const LabelledFile& file) {
  return match_path("*Dockerfile*", file.path) ||
         match_path(".devcontainer/**", file.path) ||
         match_path("Containerfile", file.path);
}

void find_launchers(const LabelledFile& file, Collector& collector) {
  for (const Command& command : commands_of(file)) {
    for (const Launcher& launcher : kLaunchers) {
      if (command.program() != launcher.program) continue;
      const auto flag =
          std::find_if(command.words.begin() + 1, command.words.end(),
                       [&](std::string_view word) {
                         return is_one_of(launcher.flags, word);
                       });
      if (flag == command.words.end()) continue;
      Draft draft =
          draft_at(file, command.entry, launcher.tool,
                   std::string(launcher.program) + " " + std::string(*flag));
      draft.is_template |= is_contained(file);
      collector.add(std::move(draft));
    }
  }
}

}  // namespace

void find_agent_settings(const CrossingInput& input, Collector& collector) {
  for (const LabelledFile& file : input.files) {
    if (is_agent_settings(file.path)) {
      find_settings(file, collector);
      find_codex(file, collector);
    }
    find_launchers(file, collector);
  }
}

}  // namespace overreach
