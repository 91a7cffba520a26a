#include "scanner/cli/cli.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/suggest.h"

namespace overreach {

void print_error(const std::string& text) {
  std::fprintf(stderr, "overreach: %s\n", text.c_str());
}

namespace {

// Says so when no word follows `app`, or one that is no command of it; goes on
// with the commands of a command.
Status check_command(CLI::App& app, int argc, char** argv) {
  const std::vector<CLI::App*> commands = app.get_subcommands({});
  if (commands.empty() || (argc > 1 && *argv[1] == '-')) return {};
  std::vector<std::string> names;
  for (CLI::App* const command : commands) {
    if (argc > 1 && command->get_name() == argv[1]) {
      return check_command(*command, argc - 1, argv + 1);
    }
    names.push_back(command->get_name());
  }
  if (argc < 2) return fail("which command? " + listed(names));
  std::string text = unknown_command(argv[1], names);
  if (::access(argv[1], F_OK) == 0) {
    text += "; to scan it: overreach scan " + std::string(argv[1]);
  }
  return fail(text);
}

}  // namespace

int run(int argc, char** argv) {
  // A closed pipe is an error to report, not a reason to die silently.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app(
      "Finds the keys in a repository that can do more than they should.",
      "overreach");
  app.set_version_flag("--version", "overreach " OVERREACH_VERSION);
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, Command>> commands;
  for (const auto& add : {add_scan, add_reach, add_check, add_report, add_rules,
                          add_hook, add_completion}) {
    Command command = add(app);
    commands.emplace_back(app.get_subcommands({}).back(), std::move(command));
  }
  if (const Status known = check_command(app, argc, argv); !known) {
    print_error(known.error().text);
    return kUsageError;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::string help = "overreach";
    for (const CLI::App* const command : app.get_subcommands()) {
      help += " " + command->get_name();
    }
    print_error(std::string(error.what()) + " (see " + help + " --help)");
    return kUsageError;
  }
  for (const auto& [subcommand, command] : commands) {
    if (subcommand->parsed()) return command();
  }
  return kUsageError;
}

}  // namespace overreach
