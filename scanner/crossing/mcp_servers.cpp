#include "scanner/crossing/mcp_servers.h"

#include <algorithm>
#include <array>
#include <optional>

#include "scanner/crossing/file_kinds.h"

namespace overreach {
namespace {

// What the map of servers is called: in Claude Code, Cursor and most others, in
// VS Code, opencode, Codex, Zed, Amp.
constexpr std::array<std::string_view, 6> kMaps = {
    "mcpServers",  "servers",         "mcp",
    "mcp_servers", "context_servers", "amp.mcpServers"};

bool is_map(std::string_view segment) {
  return std::find(kMaps.begin(), kMaps.end(), segment) != kMaps.end();
}

bool starts_server(std::string_view key) {
  return key == "command" || key == "args" || key == "url";
}

// Where the name of the server is in the path of an entry.  A file that is only
// about servers may list them without a map around them.
std::optional<std::size_t> name_at(const std::vector<std::string>& path) {
  for (std::size_t i = 0; i + 2 < path.size(); ++i) {
    if (!is_map(path[i])) continue;
    const bool is_inner = path[i + 1] == "servers" && path[i] == "mcp";
    return i + (is_inner ? 2 : 1);
  }
  if (path.size() == 2 && starts_server(path[1])) return 0;
  return std::nullopt;
}

void read(const Entry& entry, std::size_t at, McpServer& server) {
  server.entries.push_back(at);
  const std::string_view value = entry.value.reveal();
  if (entry.kind == EntryKind::command_argument) {
    server.words.push_back(value);
  } else if (entry.key == "url" || entry.key == "httpUrl" ||
             entry.key == "serverUrl") {
    server.url = value;
  } else if ((entry.key == "disabled" && value == "true") ||
             (entry.key == "enabled" && value == "false")) {
    server.is_enabled = false;
  }
}

}  // namespace

bool McpServer::mentions(std::string_view text) const {
  return url.find(text) != url.npos ||
         std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return word.find(text) != word.npos;
         });
}

bool McpServer::has_variable(std::string_view word) const {
  return std::any_of(entries.begin(), entries.end(), [&](std::size_t at) {
    const Entry& entry = file->entries()[at];
    const std::string_view value = entry.value.reveal();
    return entry.key.find(word) != std::string_view::npos && value != "false" &&
           value != "0";
  });
}

std::vector<McpServer> mcp_servers_of(const LabelledFile& file) {
  std::vector<McpServer> servers;
  if (!is_mcp_config(file.path)) return servers;
  for (std::size_t i = 0; i < file.entries().size(); ++i) {
    const std::vector<std::string> path = segments_of(file.entries()[i].path);
    const std::optional<std::size_t> at = name_at(path);
    if (!at) continue;
    if (servers.empty() || servers.back().name != path[*at]) {
      servers.push_back({&file, path[*at], {}, {}, {}, true});
    }
    read(file.entries()[i], i, servers.back());
  }
  std::erase_if(servers,
                [](const McpServer& server) { return !server.is_enabled; });
  return servers;
}

}  // namespace overreach
