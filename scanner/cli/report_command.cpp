// overreach report: saved reports, merged and in other formats

#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>
#include <memory>

#include "formatters/formatter.h"
#include "scanner/base/whole_file.h"
#include "scanner/cli/cli.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/report_options.h"
#include "scanner/cli/words.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

struct Arguments : ReportArguments {
  std::vector<std::string> files;
};

Result<std::string> read_saved(const std::string& file) {
  if (file == "-") {
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
  }
  return read_file(file);
}

Result<Report> merged(Arguments& a) {
  TRY(check_output(a.output));
  apply_gate(a);
  std::vector<Report> reports;
  for (const std::string& file : a.files) {
    TRY_ASSIGN(const std::string text, read_saved(file));
    TRY_ASSIGN(std::vector<Report> read,
               read_saved_reports(text, file == "-" ? "standard input" : file));
    std::move(read.begin(), read.end(), std::back_inserter(reports));
  }
  return merge(std::move(reports), a.scan, builtin_rules());
}

int run_report(Arguments& a) {
  const Result<Report> report = merged(a);
  if (!report) {
    print_error(report.error().text);
    return kUsageError;
  }
  return write_and_judge(a.output, *report);
}

}  // namespace

Command add_report(CLI::App& app) {
  CLI::App* const command = app.add_subcommand(
      "report", "Merge saved reports, or write them in another format");
  const auto a = std::make_shared<Arguments>();
  a->confidence = "low";
  command
      ->add_option("file", a->files,
                   "what scan, reach or check wrote with --format json\nor "
                   "jsonl; - for standard input")
      ->required()
      ->type_name("")
      ->check(takes_files())
      ->group("What to read");
  add_gate_options(*command, *a);
  add_output_options(*command, *a);
  command->footer(
      "A credential or crossing of several reports becomes one, with all its "
      "places.\nExit status: 0 nothing at the gate; 1 something at the gate; "
      "2 usage, a file\nthat is no report, or output error; 3 nothing at the "
      "gate, but one of the\nreports was not complete.");
  return [a] { return run_report(*a); };
}

}  // namespace overreach
