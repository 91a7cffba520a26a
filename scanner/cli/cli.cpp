#include "scanner/cli/cli.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <utility>
#include <vector>

#include "scanner/cli/commands.h"

namespace overreach {

void print_error(const std::string& text) {
  std::fprintf(stderr, "overreach: %s\n", text.c_str());
}

int run(int argc, char** argv) {
  // A closed pipe is an error to report, not a reason to die silently.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app(
      "Finds the keys in a repository that can do more than they should.",
      "overreach");
  app.set_version_flag("--version", "overreach " OVERREACH_VERSION);
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, Command>> commands;
  for (const auto& add : {add_scan, add_check, add_rules}) {
    Command command = add(app);
    commands.emplace_back(app.get_subcommands({}).back(), std::move(command));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    print_error(std::string(error.what()) + " (see overreach --help)");
    return kUsageError;
  }
  for (const auto& [subcommand, command] : commands) {
    if (subcommand->parsed()) return command();
  }
  return kUsageError;
}

}  // namespace overreach
