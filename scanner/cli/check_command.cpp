// overreach check

#include <CLI/CLI.hpp>
#include <ctime>
#include <iostream>
#include <iterator>
#include <memory>

#include "scanner/base/whole_file.h"
#include "scanner/cli/ask_options.h"
#include "scanner/cli/cli.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/output.h"
#include "scanner/cli/words.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

struct Arguments {
  CheckOptions check;
  AskArguments ask;
  OutputRequest output;
  std::string file;
  std::string fail_on = "any";
  bool offline = false;
};

// A credential is never an argument: those are seen by everybody on a machine.
Result<std::string> read_credential(const std::string& file) {
  if (file.empty() || file == "-") {
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
  }
  return read_file(file);
}

Result<Report> run(Arguments& a) {
  TRY(check_output(a.output));
  ScanOptions& scan = a.check.scan;
  scan.version = OVERREACH_VERSION;
  scan.now = static_cast<std::int64_t>(std::time(nullptr));
  // "any" is anything that is not dead: the one credential is known to be here.
  scan.fail_on = parse_level(a.fail_on).value_or(Level::unknown);
  TRY(apply(a.ask, !a.offline, scan));
  TRY_ASSIGN(a.check.text, read_credential(a.file));
  return check(a.check, builtin_rules());
}

int run_check(Arguments& a) {
  const Result<Report> report = run(a);
  if (!report) {
    print_error(report.error().text);
    return kUsageError;
  }
  if (const Status written = write_reports(a.output, *report); !written) {
    print_error(written.error().text);
    return kUsageError;
  }
  if (report->at_gate > 0 && a.check.scan.privileges != Privileges::plan) {
    return kAtGate;
  }
  return report->complete ? kClean : kIncomplete;
}

}  // namespace

Command add_check(CLI::App& app) {
  CLI::App* const command = app.add_subcommand(
      "check",
      "Ask the provider of one credential, read from standard input, who it is "
      "and what it may do");
  const auto a = std::make_shared<Arguments>();
  command->add_option("provider", a->check.wanted,
                      "its provider or rule (default: found out by its form)");
  command
      ->add_option("--from", a->file,
                   "read the credential from this file instead")
      ->type_name("FILE");
  command->add_flag("--offline", a->offline,
                    "contact nobody: only what the credential itself says");
  command
      ->add_option("--fail-on", a->fail_on,
                   "exit 1 from this reach on: any, read, write, destructive, "
                   "root (default: any that is not dead)")
      ->check(one_of({"any", "read", "write", "destructive", "root"}));
  add_ask_options(*command, a->ask);
  command
      ->add_option("-f,--format", a->output.formats,
                   "text, json, jsonl, sarif, html, csv, junit, gitlab or\n"
                   "github")
      ->check(knows(format_names()));
  command
      ->add_option("-o,--output", a->output.files,
                   "file for the report (default: standard output)")
      ->type_name("FILE");
  command->add_flag("--show-secrets", a->output.options.show_secrets,
                    "print the secret in full");
  command->add_option("--color", a->output.color, "auto, always, never")
      ->check(one_of({"auto", "always", "never"}));
  command->footer(
      "Only requests that change nothing are sent, over HTTPS, to the hosts "
      "that the\nprovider's rule file names. The credential is never taken "
      "from an argument.");
  return [a] { return run_check(*a); };
}

}  // namespace overreach
