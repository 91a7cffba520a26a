#include "scanner/cli/report_options.h"

#include <unistd.h>

#include <ctime>
#include <optional>

#include "formatters/formatter.h"
#include "scanner/cli/cli.h"
#include "scanner/cli/commands.h"
#include "scanner/cli/progress_line.h"
#include "scanner/cli/words.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

void add_rules_options(CLI::App& command, ReportArguments& a) {
  const std::string group = "Rules";
  add_list(command, "--rules", a.rule_paths,
           "further rules: a file or folder, ours or\ngitleaks TOML")
      ->type_name("PATH")
      ->group(group);
  add_list(command, "--only", a.scan.only,
           "only these rules and kinds of crossings; * stands\n"
           "for any text, a comma separates (see overreach\n"
           "rules list)")
      ->delimiter(',')
      ->type_name("ID")
      ->group(group);
  add_list(command, "--skip", a.scan.skip, "without these rules")
      ->delimiter(',')
      ->type_name("ID")
      ->group(group);
}

void add_privileges(CLI::App& command, ReportArguments& a) {
  command
      .add_flag("--privileges", a.privileges,
                "ask the providers, read-only, what each credential may do")
      ->group("Privileges");
  add_ask_options(command, a.ask);
}

void add_baseline(CLI::App& command, ReportArguments& a) {
  const std::string group = "Baseline";
  command
      .add_option("--baseline", a.scan.baseline_file,
                  "do not report what this file lists: findings that\n"
                  "were there before, by id")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--write-baseline", a.scan.baseline_output,
                  "list there what is found, and what of --baseline\n"
                  "still is; exit 0 for it")
      ->type_name("FILE")
      ->group(group);
}

void add_config(CLI::App& command, ReportArguments& a) {
  command
      .add_option("--config", a.config,
                  "options that the command line does not give;\n"
                  "/dev/null for none (default: .overreach.toml there\n"
                  "or above, up to the root of the repository)")
      ->type_name("FILE")
      ->group("Options in a file");
}

// "10M" -> bytes.
Result<std::uint64_t> parse_size(const std::string& text) {
  std::size_t used = 0;
  std::uint64_t value = 0;
  while (used < text.size() && text[used] >= '0' && text[used] <= '9' &&
         used < 15) {
    value = value * 10 + static_cast<std::uint64_t>(text[used++] - '0');
  }
  const std::string unit = text.substr(used);
  int shift = -1;
  if (unit.empty() || unit == "B") shift = 0;
  if (unit == "K" || unit == "k" || unit == "KB") shift = 10;
  if (unit == "M" || unit == "m" || unit == "MB") shift = 20;
  if (unit == "G" || unit == "g" || unit == "GB") shift = 30;
  if (used == 0 || shift < 0) {
    return fail("--max-file-size " + text +
                ": must be a number of bytes, or one with K, M or G");
  }
  return value << shift;
}

bool shows_progress(const ReportArguments& a) {
  if (a.progress != "auto") return a.progress == "always";
  return ::isatty(STDERR_FILENO) && !a.output.options.quiet && !a.scan.staged;
}

Result<ProviderSet> providers_with(const std::vector<std::string>& rule_paths) {
  ProviderSet providers = builtin_providers();
  for (const std::string& path : rule_paths) {
    TRY(add_provider_path(path, providers));
  }
  return providers;
}

void add_run_options(CLI::App& command, ReportArguments& a) {
  const std::string group = "Output";
  command.add_option("--progress", a.progress, "auto (default), always, never")
      ->type_name("WHEN")
      ->check(one_of({"auto", "always", "never"}))
      ->group(group);
  command
      .add_option("-j,--threads", a.scan.threads,
                  "threads (default: one per processor)")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("N")
      ->group(group);
}

}  // namespace

void add_file_options(CLI::App& command, const std::string& group,
                      ReportArguments& a) {
  add_list(command, "--exclude", a.scan.excludes,
           "leave out what fits, as a line of .gitignore\nwould")
      ->type_name("GLOB")
      ->group(group);
  command
      .add_option("--max-file-size", a.max_file_size,
                  "leave out larger files: bytes, or with K, M, G")
      ->type_name("SIZE")
      ->group(group);
  command
      .add_option("--archive-depth", a.scan.archive_depth,
                  "how deep to open archives (zip, jar, tar, 7z, gz,\n"
                  "xz ...) in archives: 1 opens those that are files,\n"
                  "0 none (default 1)")
      ->type_name("N")
      ->check(CLI::Range(0, 16))
      ->group(group);
  command
      .add_option("--decode-depth", a.scan.decode_depth,
                  "how deep to look for tokens in Base64 in Base64:\n"
                  "0 not at all (default 5)")
      ->type_name("N")
      ->check(CLI::Range(0, 16))
      ->group(group);
}

void add_gate_options(CLI::App& command, ReportArguments& a) {
  const std::string group = "Gate";
  command
      .add_option("--fail-on", a.fail_on,
                  "exit 1 for credentials of at least this reach:\n"
                  "any, read (or unknown), write, destructive, root\n"
                  "(default: any)")
      ->type_name("REACH")
      ->check(one_of({"any", "read", "write", "destructive", "root"}))
      ->group(group);
  command
      .add_option("--fail-crossings", a.fail_crossings,
                  "exit 1 for crossings of at least this severity: never,\n"
                  "low, medium, high, critical (default: high)")
      ->type_name("SEVERITY")
      ->check(one_of({"never", "low", "medium", "high", "critical"}))
      ->group(group);
  command
      .add_option("--confidence", a.confidence,
                  "report from here on: low, medium, high (default:\n" +
                      a.confidence + ")")
      ->type_name("LEVEL")
      ->check(one_of({"low", "medium", "high"}))
      ->group(group);
}

void add_output_options(CLI::App& command, ReportArguments& a) {
  const std::string group = "Output";
  add_list(command, "-f,--format", a.output.formats,
           "text (default), json, jsonl, sarif, html, csv,\n"
           "junit, gitlab, github; may be given several times")
      ->type_name("FORMAT")
      ->check(knows(format_names()))
      ->group(group);
  add_list(command, "-o,--output", a.output.files,
           "file for the format at the same place (default:\n"
           "standard output)")
      ->type_name("FILE")
      ->group(group);
  command
      .add_flag("--show-secrets", a.output.options.show_secrets,
                "print secrets in full")
      ->group(group);
  command
      .add_option("--color", a.output.color, "auto (default), always, never")
      ->type_name("WHEN")
      ->check(one_of({"auto", "always", "never"}))
      ->group(group);
  command
      .add_flag("-q,--quiet", a.output.options.quiet,
                "findings only, nothing when there are none")
      ->group(group);
  command
      .add_flag("-v,--verbose", a.output.options.verbose,
                "every place, every reason, every remedy")
      ->group(group);
}

void add_report_options(CLI::App& command, ReportArguments& a) {
  a.command = &command;
  add_privileges(command, a);
  add_gate_options(command, a);
  add_baseline(command, a);
  add_rules_options(command, a);
  add_config(command, a);
  add_output_options(command, a);
  add_run_options(command, a);
}

void apply_gate(ReportArguments& a) {
  a.scan.min_confidence = *parse_confidence(a.confidence);
  a.scan.fail_on = parse_level(a.fail_on).value_or(Level::none);
  a.scan.fail_crossings = parse_severity(a.fail_crossings);
}

Status apply(ReportArguments& a, ConfigRequest target) {
  const bool has_place =
      target.target != "-" && !names_repository(target.target);
  if (has_place || !a.config.empty()) {
    target.file = a.config;
    a.scan.config_file = find_config(target);
  }
  a.trusted_rule_paths = a.rule_paths;
  if (!a.scan.config_file.empty()) {
    TRY(apply_config(a.scan.config_file, target, *a.command));
  }
  if (!a.max_file_size.empty()) {
    TRY_ASSIGN(a.scan.max_file_bytes, parse_size(a.max_file_size));
  }
  apply_gate(a);
  a.scan.version = OVERREACH_VERSION;
  a.scan.now = static_cast<std::int64_t>(std::time(nullptr));
  TRY(apply(a.ask, a.privileges, a.scan));
  return check_output(a.output);
}

int scan_and_report(ReportArguments& a) {
  RuleSet rules = builtin_rules();
  for (const std::string& path : a.rule_paths) {
    if (const Status added = add_rule_path(path, rules); !added) {
      print_error(added.error().text);
      return kUsageError;
    }
  }
  // Mistakes in what is to be asked are told before anything is.
  std::optional<ProviderSet> asked;
  if (a.scan.privileges != Privileges::offline &&
      !a.trusted_rule_paths.empty()) {
    auto providers = providers_with(a.trusted_rule_paths);
    if (!providers) {
      print_error(providers.error().text);
      return kUsageError;
    }
    asked = std::move(*providers);
  }
  a.scan.providers = [&a, &asked] {
    if (asked) return *asked;
    return providers_with(a.trusted_rule_paths).value_or(builtin_providers());
  };
  Progress progress;
  Result<Report> report = [&] {
    const ProgressLine line(progress, shows_progress(a));
    return scan(a.scan, rules, progress);
  }();
  if (!report) {
    print_error(report.error().text);
    return kUsageError;
  }
  const int status = write_and_judge(a.output, *report);
  if (status != kAtGate || !a.ask.plan) return status;
  return report->complete ? kClean : kIncomplete;
}

int write_and_judge(const OutputRequest& output, const Report& report) {
  if (const Status written = write_reports(output, report); !written) {
    print_error(written.error().text);
    return kUsageError;
  }
  // A quiet report has no room for it, and silence would look clean.
  if (output.options.quiet && !report.complete) {
    print_error(incomplete_line(report, output.options));
  }
  if (report.at_gate > 0) return kAtGate;
  return report.complete ? kClean : kIncomplete;
}

}  // namespace overreach
