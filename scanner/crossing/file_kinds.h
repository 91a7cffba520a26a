// What a file is to those who work with it, by its path.
#pragma once

#include <string_view>

namespace overreach {

// Tells an agent what to do: AGENTS.md, .cursor/rules/*.
bool is_agent_instruction(std::string_view path);

// The same, and every conversation begins with it: AGENTS.md, .cursorrules.
bool is_read_first(std::string_view path);

// Says what an agent may do: .claude/settings.json, .codex/config.toml.
bool is_agent_settings(std::string_view path);

// Lists MCP servers: .mcp.json, claude_desktop_config.json.
bool is_mcp_config(std::string_view path);

// A script, source or note: nobody looks for credentials there, and everybody
// reads it.
bool is_no_secret_store(std::string_view path);

// Belongs to the tests of the project, or to other people's programs.
bool is_test_path(std::string_view path);

// What looks like a value there was made up: tests, and files that declare
// types and document them.
bool is_example_path(std::string_view path);

}  // namespace overreach
