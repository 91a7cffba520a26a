// What an agent may run without asking, as its settings list it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/labelled_file.h"

namespace overreach {

// One command of one rule.  Views into the file, which must outlive it.
struct Approval {
  const LabelledFile* file = nullptr;
  std::size_t entry = 0;
  // The program first, without its folder and what only starts it (sudo, npx).
  // Of a tool of a server: its two names ("railway", "remove_volume").
  std::vector<std::string_view> words;
  std::vector<std::string_view> variables;  // NAME=value in front of it
  bool is_open = false;                     // anything may follow
  bool is_tool = false;                     // of a server
};

std::vector<Approval> approvals_of(const LabelledFile& file);

}  // namespace overreach
