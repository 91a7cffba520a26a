// The commands that files hold: in scripts, workflow steps, Makefiles, npm
// scripts and Dockerfiles.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "scanner/core/labelled_file.h"

namespace overreach {

struct Command {
  const LabelledFile* file = nullptr;
  std::size_t entry = 0;                // of the program
  std::vector<std::string_view> words;  // the program first, without its folder

  std::string_view program() const { return words.front(); }
  bool has(std::string_view word) const;
  // Has these words in a row: {"env", "pull"}.
  bool has(std::initializer_list<std::string_view> row) const;
  // The value of "--name value" or "--name=value"; empty when there is none.
  std::string_view option(std::string_view name) const;
};

std::vector<Command> commands_of(const LabelledFile& file);
std::vector<Command> commands_of(const std::vector<LabelledFile>& files);

}  // namespace overreach
