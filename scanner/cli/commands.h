// One function a command: adds it to the command line.  What it returns runs
// it, after parsing, and gives the exit status.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace overreach {

using Command = std::function<int()>;

Command add_scan(CLI::App& app);
Command add_reach(CLI::App& app);
Command add_check(CLI::App& app);
Command add_report(CLI::App& app);
Command add_rules(CLI::App& app);
Command add_hook(CLI::App& app);
Command add_completion(CLI::App& app);

// One line on standard error, with the program's name before it.
void print_error(const std::string& text);

}  // namespace overreach
