// The tool servers (MCP) that a settings file starts or calls, whichever agent
// the file is for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/labelled_file.h"

namespace overreach {

// Views into the file, which must outlive it.
struct McpServer {
  const LabelledFile* file = nullptr;
  std::string name;
  std::string_view url;                 // of one that runs elsewhere
  std::vector<std::string_view> words;  // of the command that starts it
  std::vector<std::size_t> entries;     // all of it, in order; never empty
  bool is_enabled = true;

  // Whether its command or its address holds this text.
  bool mentions(std::string_view text) const;
  // Whether one of its variables has this word in its name, and is not "false".
  bool has_variable(std::string_view word) const;
};

std::vector<McpServer> mcp_servers_of(const LabelledFile& file);

}  // namespace overreach
