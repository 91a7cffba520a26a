// The options of every command that scans: what counts, what is asked, what
// fails, where the report goes.  And the run that follows from them.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/cli/ask_options.h"
#include "scanner/cli/config_file.h"
#include "scanner/cli/output.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {

struct ReportArguments {
  ScanOptions scan;
  CLI::App* command = nullptr;  // whose arguments these are
  std::string config;           // a file of options; empty: look for one
  bool privileges = false;
  AskArguments ask;
  OutputRequest output;
  std::vector<std::string> rule_paths;
  // Those of the command line: only they may say whom to ask.
  std::vector<std::string> trusted_rule_paths;
  std::string confidence = "medium";
  std::string fail_on = "any";
  std::string fail_crossings = "high";
  std::string progress = "auto";
  std::string max_file_size;
};

// May be given several times, with one value each.
template <typename T>
CLI::Option* add_list(CLI::App& command, const std::string& name, T& values,
                      const std::string& help) {
  return command.add_option(name, values, help)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

// Which files are left out.
void add_file_options(CLI::App& command, const std::string& group,
                      ReportArguments& arguments);

// What is reported and what fails; where reports go and how they look.
void add_gate_options(CLI::App& command, ReportArguments& arguments);
void add_output_options(CLI::App& command, ReportArguments& arguments);

// Puts the words of the gate into `arguments.scan`.
void apply_gate(ReportArguments& arguments);

// Privileges, gate, baseline, rules, output.
void add_report_options(CLI::App& command, ReportArguments& arguments);

// Puts what was asked for into `arguments.scan`, all but what to read; with
// what the file of options says that stands by `target`.
Status apply(ReportArguments& arguments, ConfigRequest target);

// Writes the reports and returns the exit status; prints its own errors.
int write_and_judge(const OutputRequest& output, const Report& report);

// Scans and writes the reports; prints its own errors.  Returns the exit
// status.  REQUIRES: apply() before
int scan_and_report(ReportArguments& arguments);

}  // namespace overreach
