#include "scanner/cli/range_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "scanner/cli/ci.h"

namespace overreach {
namespace {

// A side that is left out is HEAD, as in Git.
std::string or_head(std::string_view revision) {
  return std::string(revision.empty() ? "HEAD" : revision);
}

// Both A..B and A...B mean what B added since the two parted.
Result<RangeRequest> parse_range(const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == text.npos || text == ".." || text == "...") {
    return fail("--range " + text + ": must be A..B");
  }
  const std::string_view all = text;
  const bool has_three = all.substr(dots).starts_with("...");
  RangeRequest request;
  request.from = {or_head(all.substr(0, dots))};
  request.to = or_head(all.substr(dots + (has_three ? 3 : 2)));
  return request;
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

// Options that mean nothing without --history, or not together.
Status check_history(const RangeArguments& arguments, const ScanOptions& scan) {
  const char* const option = arguments.unreachable      ? "--unreachable"
                             : arguments.submodules     ? "--submodules"
                             : !arguments.state.empty() ? "--state"
                                                        : nullptr;
  if (option && !scan.history) {
    return fail(std::string(option) + ": goes with --history");
  }
  if (!arguments.state.empty() &&
      (scan.targets.size() > 1 || arguments.submodules)) {
    return fail("--state: is of one repository");
  }
  // What was left out would be taken for read.
  if (!arguments.state.empty() && scan.max_file_bytes) {
    return fail("--state: goes not with --max-file-size");
  }
  return {};
}

}  // namespace

bool is_change(const RangeArguments& arguments) {
  return arguments.ci || !arguments.since.empty() || !arguments.range.empty();
}

void add_range_options(CLI::App& command, const std::string& group,
                       RangeArguments& arguments) {
  command
      .add_option("--since", arguments.since,
                  "what commits added since HEAD and this revision\n"
                  "parted, and the crossings that this leaves")
      ->type_name("REV")
      ->group(group);
  command
      .add_option("--range", arguments.range,
                  "what the commits of B and not of A added")
      ->type_name("A..B")
      ->group(group);
  command
      .add_flag("--ci", arguments.ci,
                "what the pull request, merge request or push\n"
                "added that this CI system builds")
      ->group(group);
  command
      .add_flag("--history", arguments.history,
                "everything that any ref of the repository leads\n"
                "to, each blob once; commit and tag messages too;\n"
                "credentials only, no crossings")
      ->group(group);
  command
      .add_flag("--unreachable", arguments.unreachable,
                "with --history: also what no ref leads to")
      ->group(group);
  command
      .add_flag("--submodules", arguments.submodules,
                "with --history: also those of its submodules")
      ->group(group);
  command
      .add_option("--state", arguments.state,
                  "with --history: remember there what was read, and\n"
                  "next time read only what is new")
      ->type_name("FILE")
      ->group(group);
}

Status apply(const RangeArguments& arguments, ScanOptions& scan) {
  const int given = !arguments.since.empty() + !arguments.range.empty() +
                    arguments.ci + scan.staged + arguments.history;
  if (given > 1) {
    return fail(
        "only one of --staged, --since, --range, --ci and --history can be "
        "meant");
  }
  const bool has_url =
      std::any_of(scan.targets.begin(), scan.targets.end(), names_repository);
  if (has_url && given > arguments.history) {
    return fail("a URL is read with its whole history only");
  }
  if (has_url && !arguments.history &&
      !std::all_of(scan.targets.begin(), scan.targets.end(),
                   names_repository)) {
    return fail("a URL and a path together need --history");
  }
  if (arguments.history || has_url) {
    scan.history = {arguments.unreachable, arguments.submodules,
                    arguments.state};
  }
  if (!arguments.since.empty()) {
    scan.range.emplace();
    scan.range->from = {arguments.since};
  } else if (!arguments.range.empty()) {
    TRY_ASSIGN(scan.range, parse_range(arguments.range));
  } else if (arguments.ci) {
    TRY_ASSIGN(scan.range, ci_range(variable));
  }
  return check_history(arguments, scan);
}

}  // namespace overreach
