#include "scanner/crossing/file_kinds.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "scanner/base/path_pattern.h"
#include "scanner/core/environment.h"

namespace overreach {
namespace {

constexpr std::array<std::string_view, 18> kInstructions = {
    "(AGENTS|CLAUDE|GEMINI|CLAUDE.local).md",
    ".cursor/rules/**",
    "(.cursorrules|.windsurfrules|.clinerules|.goosehints)",
    ".clinerules/**",
    ".windsurf/rules/**",
    ".github/copilot-instructions.md",
    ".github/instructions/**",
    ".github/prompts/**",
    ".claude/commands/**",
    ".claude/skills/**",
    ".claude/agents/**",
    ".codex/prompts/**",
    ".gemini/commands/**",
    ".kiro/steering/**",
    ".roo/rules/**",
    ".junie/guidelines.md",
    ".amazonq/rules/**",
    "(CONVENTIONS|.aider.conventions).md",
};

constexpr std::array<std::string_view, 13> kSettings = {
    ".claude/(settings|settings.local|managed-settings).json",
    ".claude.json",
    ".cursor/(cli|cli-config|permissions).json",
    ".codex/*.toml",
    ".gemini/settings.json",
    ".qwen/settings.json",
    "(.aider.conf.yml|.aider.conf.yaml)",
    ".vscode/settings.json",
    "(crush|.crush).json",
    "(opencode|.opencode).(json|jsonc)",
    ".config/opencode/opencode.(json|jsonc)",
    ".amp/settings.json",
    ".goose/config.yaml",
};

constexpr std::array<std::string_view, 14> kMcp = {
    ".mcp.json",
    "(mcp|mcp-config|mcp_config|mcp_settings).json",
    ".(cursor|vscode|roo|amazonq)/mcp.json",
    ".kiro/settings/mcp.json",
    "claude_desktop_config.json",
    ".claude.json",
    ".codex/*.toml",
    ".gemini/settings.json",
    ".qwen/settings.json",
    "(opencode|.opencode).(json|jsonc)",
    ".codeium/windsurf/mcp_config.json",
    ".zed/settings.json",
    ".amp/settings.json",
    "cline_mcp_settings.json",
};

// Behind the last dot.
constexpr std::string_view kCodeAndNotes =
    " sh bash zsh fish ps1 bat cmd py js mjs cjs jsx ts tsx go rb java kt kts "
    "php cs rs c cc cpp h hpp swift scala pl lua r ex exs clj dart groovy sql "
    "md mdx txt rst adoc org ipynb log http rest html htm vue svelte ";
constexpr std::string_view kNamesWithoutEnding =
    " Makefile Dockerfile Containerfile Jenkinsfile Rakefile Vagrantfile "
    "Justfile justfile README NOTES TODO ";

bool fits_any(std::span<const std::string_view> patterns,
              std::string_view path) {
  return std::any_of(
      patterns.begin(), patterns.end(),
      [&](std::string_view pattern) { return match_path(pattern, path); });
}

bool is_listed(std::string_view list, std::string_view word) {
  return list.find(" " + std::string(word) + " ") != list.npos;
}

}  // namespace

bool is_agent_instruction(std::string_view path) {
  return fits_any(kInstructions, path);
}
bool is_agent_settings(std::string_view path) {
  return fits_any(kSettings, path);
}
bool is_mcp_config(std::string_view path) { return fits_any(kMcp, path); }

bool is_no_secret_store(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return is_listed(kNamesWithoutEnding, name);
  return is_listed(kCodeAndNotes, name.substr(dot + 1));
}

bool is_test_path(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (slash == path.npos) break;
    if (is_listed(" test tests __tests__ spec specs e2e testing mocks "
                  "__mocks__ cypress ",
                  segment)) {
      return true;
    }
    path.remove_prefix(slash + 1);
  }
  const std::vector<std::string> words = words_of_name(path);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_listed(" test tests spec mock mocks fake ", word);
  });
}

}  // namespace overreach
