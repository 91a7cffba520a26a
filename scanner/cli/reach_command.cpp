// overreach reach

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>

#include "scanner/cli/cli.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/report_options.h"
#include "scanner/cli/words.h"

namespace overreach {
namespace {

struct Arguments : ReportArguments {
  std::string folder = ".";
  std::string home;  // empty: that of the environment
};

Status finish(Arguments& a) {
  TRY(apply(a, {.target = a.folder}));
  if (a.home.empty()) {
    const char* const home = std::getenv("HOME");
    if (!home || !*home) {
      return fail("whose home folder? HOME is not set: give --home PATH");
    }
    a.home = home;
  }
  a.scan.targets = {a.folder};
  a.scan.include_ignored = true;
  a.scan.reach = ReachRequest{a.home, {}};
  return {};
}

int run_reach(Arguments& a) {
  if (const Status ready = finish(a); !ready) {
    print_error(ready.error().text);
    return kUsageError;
  }
  return scan_and_report(a);
}

}  // namespace

Command add_reach(CLI::App& app) {
  CLI::App* const command = app.add_subcommand(
      "reach",
      "Say what a program started in a folder, say an agent, could read and "
      "then destroy");
  const auto a = std::make_shared<Arguments>();
  const std::string group = "What to read";
  command
      ->add_option("folder", a->folder,
                   "where the program would start (default: .)")
      ->type_name("")
      ->check(takes_folders())
      ->group(group);
  command
      ->add_option("--home", a->home,
                   "the home folder to look through (default: yours)")
      ->type_name("PATH")
      ->check(takes_folders())
      ->group(group);
  add_file_options(*command, group, *a);
  add_report_options(*command, *a);
  command->footer(
      "Read are the folder with the files Git ignores, the stores of "
      "credentials that\ntools keep in the home folder, the variables of this "
      "process, and the settings\nof agents. Nothing leaves the machine unless "
      "you ask for --privileges.\nThe exit status is that of overreach scan.");
  return [a] { return run_reach(*a); };
}

}  // namespace overreach
