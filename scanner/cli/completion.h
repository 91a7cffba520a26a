// What a shell can complete of our command line, taken from the command line
// itself, and one writer a shell.  A script is complete in itself: it calls
// nothing of ours while somebody types.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "scanner/cli/words.h"

namespace overreach {

struct CompletedOption {
  std::vector<std::string> names;  // with their dashes, short ones first
  std::string help;                // one line
  std::string type;                // what --help calls its value
  bool repeats = false;
  Taken taken;
};

struct CompletedArgument {
  std::string name;
  bool repeats = false;
  Taken taken;
};

struct CompletedCommand {
  std::string path;  // "rules list"; empty for the program itself
  std::string name;
  std::string help;
  std::vector<CompletedOption> options;
  std::vector<CompletedArgument> arguments;
  std::vector<CompletedCommand> commands;
};

// The whole tree below the app; the program itself is its root.
CompletedCommand describe_commands(CLI::App& app);

// The command and all below it, each before those below it.
std::vector<const CompletedCommand*> all_commands(const CompletedCommand& root);

std::string joined(const std::vector<std::string>& words,
                   const std::string& separator);

std::string bash_completion(const CompletedCommand& root);
std::string zsh_completion(const CompletedCommand& root);
std::string fish_completion(const CompletedCommand& root);

}  // namespace overreach
