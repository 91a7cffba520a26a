// Settings and launchers that let an agent run without asking.

#include <algorithm>
#include <array>
#include <string>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"
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
  std::string_view value;  // between blanks: one of these
  Severity severity = Severity::medium;
};

// From the settings references of each tool.  Keys that the tools are known to
// ignore are not here: "dangerouslySkipPermissions" of Claude Code,
// defaultApprovalMode "yolo" of Gemini CLI.
constexpr Unattended kUnattended[] = {
    {"Claude Code", "(.claude|claude-code)/*.json", ".permissions.defaultMode",
     "", " bypassPermissions "},
    {"Claude Code", "(.claude|claude-code)/*.json", ".permissions.defaultMode",
     "", " auto ", Severity::low},
    {"Claude Code", "(.claude|claude-code)/*.json", ".permissions.allow.*", "",
     " * Bash Bash(*) Bash(:*) Bash(**) "},
    {"Claude Code", "(.claude|claude-code)/*.json",
     ".enableAllProjectMcpServers", "", " true ", Severity::low},
    {"Claude Code", "(.vscode|User)/settings.json", "",
     "claudeCode.allowDangerouslySkipPermissions", " true "},
    {"GitHub Copilot", "(.vscode|User)/settings.json", "",
     "chat.tools.global.autoApprove", " true "},
    {"GitHub Copilot", "(.vscode|User)/settings.json", "",
     "chat.tools.autoApprove", " true "},
    {"GitHub Copilot", "(.vscode|User)/settings.json", "", "/.*/", " true "},
    {"Cursor", ".cursor/*.json", ".approvalMode", "", " unrestricted "},
    {"Cursor", ".cursor/*.json", ".permissions.allow.*", "",
     " Shell(*) Shell(**) "},
    {"Gemini CLI", ".gemini/settings.json", ".mcpServers.*.trust", "",
     " true "},
    {"Qwen Code", ".qwen/settings.json", ".mcpServers.*.trust", "", " true "},
    {"Crush", "(crush|.crush).json", ".permissions.allowed_tools.*", "",
     " bash "},
    {"opencode", "(opencode|.opencode).(json|jsonc)", ".permission", "",
     " allow "},
    {"opencode", "(opencode|.opencode).(json|jsonc)", ".permission.bash", "",
     " allow "},
    {"opencode", "(opencode|.opencode).(json|jsonc)", ".permission.*", "*",
     " allow "},
    // It still says "no" to shell commands.
    {"aider", "(.aider.conf.yml|.aider.conf.yaml)", ".yes-always", "", " true ",
     Severity::low},
    {"Amp", "settings.json", "", "amp.dangerouslyAllowAll", " true "},
    {"goose", "(.goose|goose)/config.yaml", ".GOOSE_MODE", "", " auto "},
};

// The same on a command line.
struct Launcher {
  std::string_view tool, program, flags;
  Severity severity = Severity::medium;
};
constexpr Launcher kLaunchers[] = {
    {"Claude Code", "claude",
     " --dangerously-skip-permissions bypassPermissions "
     "--permission-mode=bypassPermissions "},
    {"Codex", "codex", " --dangerously-bypass-approvals-and-sandbox --yolo "},
    {"Gemini CLI", "gemini", " --yolo -y --approval-mode=yolo yolo "},
    {"Copilot CLI", "copilot", " --allow-all-tools --allow-all --yolo "},
    {"Cursor", "cursor-agent", " --force -f --yolo "},
    {"Cline", "cline", " --yolo -y "},
    {"Qwen Code", "qwen", " --yolo -y --approval-mode=yolo "},
    {"Crush", "crush", " --yolo -y "},
    {"aider", "aider", " --yes-always ", Severity::low},
    {"Amazon Q", "q", " --trust-all-tools "},
    {"Kiro", "kiro-cli", " --trust-all-tools "},
    {"Amp", "amp", " --dangerously-allow-all "},
    {"Droid", "droid", " --skip-permissions-unsafe "},
};

bool fits(const Unattended& row, const Entry& entry) {
  if (!is_listed(row.value, entry.value.reveal())) return false;
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
               Severity severity, const std::string& what) {
  Draft draft;
  draft.kind = "agent/unattended-execution";
  draft.severity = severity;
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

// "defaultMode bypassPermissions"; of an item of a list what the list is.
std::string said(const Entry& entry) {
  const bool is_item =
      entry.key.find_first_not_of("0123456789") == std::string_view::npos;
  return std::string(is_item ? entry.section() : entry.key) + " " +
         std::string(entry.value.reveal());
}

// An organization that forbids the mode is obeyed, in its own file everywhere.
bool forbids_bypass(const LabelledFile& file) {
  return value_at(file, "permissions.disableBypassPermissionsMode") ==
         "disable";
}

void find_settings(const LabelledFile& file, bool is_bypass_forbidden,
                   Collector& collector) {
  if (forbids_bypass(file)) return;
  const bool is_sandboxed = value_at(file, "sandbox.enabled") == "true";
  for (const Unattended& row : kUnattended) {
    if (!match_path(row.file, file.path) ||
        (is_bypass_forbidden && row.value == " bypassPermissions ")) {
      continue;
    }
    const Severity severity = is_sandboxed ? Severity::low : row.severity;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      const Entry& entry = file.entries()[i];
      if (fits(row, entry)) {
        collector.add(draft_at(file, i, row.tool, severity, said(entry)));
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
    collector.add(draft_at(file, i, "Codex", Severity::medium,
                           "approval_policy never, sandbox_mode "
                           "danger-full-access"));
  }
}

bool is_contained(const LabelledFile& file) {
  return match_path("*Dockerfile*", file.path) ||
         match_path(".devcontainer/**", file.path) ||
         match_path("Containerfile", file.path) ||
         match_path("*compose*.(yml|yaml)", file.path);
}

// Settings that make Gemini CLI refuse the flag.
bool forbids_yolo(const LabelledFile& file) {
  return match_path(".gemini/settings.json", file.path) &&
         value_at(file, "security.disableYoloMode") == "true";
}

void find_launcher(const Command& command, bool is_yolo_forbidden,
                   Collector& collector) {
  const LabelledFile& file = *command.file;
  for (const Launcher& launcher : kLaunchers) {
    if (command.program() != launcher.program ||
        (is_yolo_forbidden && launcher.program == "gemini")) {
      continue;
    }
    const auto flag = std::find_if(
        command.words.begin() + 1, command.words.end(),
        [&](std::string_view word) { return is_listed(launcher.flags, word); });
    if (flag == command.words.end()) continue;
    Draft draft =
        draft_at(file, command.entry, launcher.tool, launcher.severity,
                 std::string(launcher.program) + " " + std::string(*flag));
    draft.is_template |= is_contained(file);
    collector.add(std::move(draft));
  }
}

}  // namespace

void find_agent_settings(const CrossingInput& input, Collector& collector) {
  const bool is_yolo_forbidden =
      std::any_of(input.files.begin(), input.files.end(), forbids_yolo);
  const bool is_bypass_forbidden = std::any_of(
      input.files.begin(), input.files.end(), [](const LabelledFile& file) {
        return file.path.ends_with("/managed-settings.json") &&
               forbids_bypass(file);
      });
  for (const LabelledFile& file : input.files) {
    if (is_agent_settings(file.path)) {
      find_settings(file, is_bypass_forbidden, collector);
      find_codex(file, collector);
    }
  }
  for (const Command& command : input.commands) {
    find_launcher(command, is_yolo_forbidden, collector);
  }
}

}  // namespace overreach
