#include "scanner/crossing/file_kinds.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "scanner/base/path_pattern.h"
#include "scanner/base/word_list.h"
#include "scanner/core/environment.h"

namespace overreach {
namespace {

// The first of them are read before anything is done.
constexpr std::size_t kReadFirst = 5;
constexpr std::array<std::string_view, 16> kInstructions = {
    "(AGENTS|AGENT|CLAUDE|GEMINI|QWEN|CRUSH|WARP|CLAUDE.local).md",
    "(.cursorrules|.windsurfrules|.clinerules|.goosehints|.roorules)",
    ".github/copilot-instructions.md",
    ".junie/guidelines.md",
    "(CONVENTIONS|.aider.conventions).md",
    ".(agent|agents|amazonq|augment|claude|cursor|kilocode|qoder|roo|trae|"
    "windsurf)/rules/**",
    ".(agent|agents|claude|codex|cursor|gemini|github|opencode)/skills/**",
    ".(agent|agents|windsurf)/workflows/**",
    ".(claude|cursor|gemini|opencode)/commands/**",
    ".(claude|cursor|github|opencode)/agents/**",
    ".opencode/(agent|command)/**",
    ".clinerules/**",
    ".github/(chatmodes|instructions)/**",
    ".github/prompts/**",
    ".codex/prompts/**",
    ".kiro/steering/**",
};

constexpr std::array<std::string_view, 13> kSettings = {
    "(.claude|claude-code)/(settings|settings.local|managed-settings).json",
    ".claude.json",
    ".cursor/(cli|cli-config|permissions).json",
    ".codex/*.toml",
    ".gemini/settings.json",
    ".qwen/settings.json",
    "(.aider.conf.yml|.aider.conf.yaml)",
    "(.vscode|User)/settings.json",
    "(crush|.crush).json",
    "(opencode|.opencode).(json|jsonc)",
    ".config/opencode/opencode.(json|jsonc)",
    "(.amp|amp)/settings.json",
    "(.goose|goose)/config.yaml",
};

constexpr std::array<std::string_view, 13> kMcp = {
    "(|.)(mcp|mcp-config|mcp_config|mcp_settings|mcp-settings|mcp_servers|"
    "mcp-servers|claude_mcp_config).json",
    ".(cursor|vscode|roo|amazonq)/mcp.json",
    ".kiro/settings/mcp.json",
    "claude_desktop_config.json",
    ".claude.json",
    ".codex/*.toml",
    ".gemini/settings.json",
    ".qwen/settings.json",
    "(opencode|.opencode).(json|jsonc)",
    ".codeium/windsurf/mcp_config.json",
    "(.zed|zed)/settings.json",
    "(.amp|amp)/settings.json",
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

// Types without values; what looks like one stands in its documentation.
bool is_declaration(std::string_view path) {
  return path.ends_with(".d.ts") || path.ends_with(".d.mts") ||
         path.ends_with(".d.cts") || path.ends_with(".pyi");
}

}  // namespace

bool is_agent_instruction(std::string_view path) {
  return fits_any(kInstructions, path);
}
bool is_read_first(std::string_view path) {
  return fits_any(std::span(kInstructions).first(kReadFirst), path);
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

bool is_example_path(std::string_view path) {
  return is_test_path(path) || is_declaration(path);
}

bool is_test_path(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (slash == path.npos) break;
    if (is_listed(" test tests __tests__ spec specs e2e testing mocks "
                  "__mocks__ cypress fixtures __fixtures__ testdata "
                  "node_modules vendor third_party ",
                  segment)) {
      return true;
    }
    path.remove_prefix(slash + 1);
  }
  const std::vector<std::string> words = words_of_name(path);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_listed(" test tests spec mock mocks fake fixture fixtures ",
                     word);
  });
}

}  // namespace overreach
