// overreach scan

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "scanner/cli/cli.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/range_options.h"
#include "scanner/cli/report_options.h"
#include "scanner/cli/words.h"

namespace overreach {
namespace {

struct Arguments : ReportArguments {
  RangeArguments range;
};

void add_what(CLI::App& command, Arguments& a) {
  const std::string group = "What to read";
  command
      .add_option("target", a.scan.targets,
                  "files, folders, - for standard input, or the URL of\na "
                  "repository: https, ssh, git@..., file (default: .)")
      ->type_name("")
      ->check(takes_files())
      ->group(group);
  command
      .add_flag("--staged", a.scan.staged,
                "what the next commit would add, read from the\n"
                "index; with targets only what lies below them")
      ->group(group);
  add_range_options(command, group, a.range);
  command
      .add_flag("--ignored", a.scan.include_ignored,
                "also the files Git ignores (an agent can read\nthose too)")
      ->group(group);
  add_file_options(command, group, a);
}

Status finish(Arguments& a) {
  const auto& first = a.scan.targets;
  TRY(apply(a, {.target = first.empty() ? "." : first.front(),
                .is_change = a.scan.staged || is_change(a.range),
                .has_more_targets = first.size() > 1}));
  TRY(apply(a.range, a.scan));
  const bool changes = a.scan.staged || a.scan.range;
  if (a.scan.targets.empty() && !changes) a.scan.targets = {"."};
  if (changes && !a.scan.baseline_output.empty()) {
    return fail(
        "--write-baseline: a change shows only what is new; write it "
        "from a scan of everything");
  }
  const auto& targets = a.scan.targets;
  if ((changes || a.scan.history) &&
      std::find(targets.begin(), targets.end(), "-") != targets.end()) {
    return fail(a.scan.staged
                    ? "--staged: reads the index, not standard input"
                    : "-: commits are read from a repository, not from "
                      "standard input");
  }
  return {};
}

int run_scan(Arguments& a) {
  if (const Status ready = finish(a); !ready) {
    print_error(ready.error().text);
    return kUsageError;
  }
  return scan_and_report(a);
}

}  // namespace

Command add_scan(CLI::App& app) {
  CLI::App* const command = app.add_subcommand(
      "scan",
      "Find credentials in files, commits, the index or on standard input");
  const auto arguments = std::make_shared<Arguments>();
  arguments->scan.targets.clear();
  add_what(*command, *arguments);
  add_report_options(*command, *arguments);
  command->footer(
      "Exit status: 0 nothing at the gate; 1 something at the gate; 2 usage, "
      "rule\nor output error; 3 nothing at the gate, but not everything could "
      "be read.\nNot reported are lines with overreach:allow (or "
      "gitleaks:allow and the like)\nand places that a .gitleaksignore "
      "names.\nA repository given as a URL is asked for with the user of the "
      "URL, with\nOVERREACH_GIT_TOKEN (https), or with the SSH agent and the "
      "keys of ~/.ssh.");
  return [arguments] { return run_scan(*arguments); };
}

}  // namespace overreach
