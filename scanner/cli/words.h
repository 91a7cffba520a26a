// What an option or argument takes, told once: its check and the completion of
// shells read the same.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace overreach {

// One of these words and nothing else.
CLI::Validator one_of(const std::vector<std::string>& words);

// Words to offer; what is wrong is said elsewhere.
CLI::Validator knows(const std::vector<std::string>& words);

CLI::Validator takes_files();
CLI::Validator takes_folders();

enum class Takes { nothing, words, files, folders, anything };

struct Taken {
  Takes what = Takes::anything;
  std::vector<std::string> words;
};

// By one of the above, else by the name of its type: FILE and PATH are files.
Taken taken_by(CLI::Option& option);

}  // namespace overreach
