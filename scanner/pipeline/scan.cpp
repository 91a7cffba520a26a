#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <mutex>

#include "scanner/base/whole_file.h"
#include "scanner/match/match.h"
#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/gitleaks_ignore.h"
#include "scanner/pipeline/history_scan.h"
#include "scanner/pipeline/judge.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/pipeline/reach_scan.h"
#include "scanner/pipeline/standing.h"
#include "scanner/pipeline/threads.h"
#include "scanner/pipeline/worker.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// What there is to say about the sources besides what they hold.
struct Sources {
  std::string root;  // absolute; places are relative to it
  bool is_empty = false;
  std::string base;  // of a range
  std::uint64_t commits = 0, blobs = 0;
};

Result<Sources> read_staged(const ScanOptions& options,
                            Diagnostics& diagnostics, Worker& worker,
                            GitleaksIgnore& ignore) {
  TRY_ASSIGN(
      const StagedChange change,
      staged_change({options.targets, options.excludes, options.max_file_bytes},
                    diagnostics));
  for (const TextSource& text : change.texts) worker.scan_text(text);
  ignore.read(change.root, "", "");
  return Sources{change.root, change.is_empty, "", 0, 0};
}

Result<Sources> read_range(const ScanOptions& options, Diagnostics& diagnostics,
                           Worker& worker, GitleaksIgnore& ignore) {
  TextConsumer at_end;
  if (wants_crossings(options)) {
    at_end = [&](const TextSource& text) { worker.look_at_end(text); };
  }
  TRY_ASSIGN(
      const RangeChange change,
      range_change(
          {options.range->from, options.range->to, options.range->guesses,
           options.range->advice, options.targets, options.excludes,
           options.max_file_bytes},
          diagnostics,
          [&](const TextSource& text) { worker.scan_version(text); }, at_end));
  ignore.read(change.root, "", "");
  return Sources{change.root, change.commits == 0, change.base, change.commits,
                 0};
}

// What several repositories hold stands below the folder of each.
Result<Sources> read_histories(const ScanOptions& options, HistoryScan& history,
                               GitleaksIgnore& ignore) {
  for (const std::string& target : options.targets) {
    if (is_repository_url(target)) {
      TRY_ASSIGN(const std::unique_ptr<Clone> clone, clone_repository(target));
      TRY(history.read(clone->folder(), options.targets.size() > 1
                                            ? shown_url(target) + "/"
                                            : ""));
      continue;
    }
    const std::string prefix = path_prefix(options.targets, target);
    TRY(history.read(target, prefix));
    ignore.read(target, "", prefix);
    if (!options.history->submodules) continue;
    TRY_ASSIGN(const auto submodules, submodules_of(target));
    for (const Submodule& each : submodules) {
      TRY(history.read(each.folder, prefix + each.name + "/"));
    }
  }
  Sources sources;
  // A clone is gone by now.
  if (!is_repository_url(options.targets.front())) {
    sources.root = history.root();
  }
  sources.commits = history.counts().commits;
  sources.blobs = history.counts().blobs;
  return sources;
}

// Of the targets and of the current folder, from where they are named.
void read_ignore_files(const std::vector<std::string>& targets,
                       GitleaksIgnore& ignore) {
  for (const std::string& target : targets) {
    std::error_code error;
    const std::string named =
        std::filesystem::path(target).lexically_normal().string();
    if (!std::filesystem::is_directory(target, error)) {
      ignore.read(".", named, target);
      continue;
    }
    const std::string prefix = path_prefix(targets, target);
    ignore.read(target, "", prefix);
    if (named == ".") continue;
    ignore.read(".", named.ends_with('/') ? named : named + "/", prefix);
  }
}

// `reach` may be null: nothing but the targets is read then.
Result<Sources> read_sources(const ScanOptions& options,
                             Diagnostics& diagnostics,
                             std::vector<std::unique_ptr<Worker>>& workers,
                             GitleaksIgnore& ignore, const ReachScan* reach) {
  if (options.staged) {
    return read_staged(options, diagnostics, *workers.front(), ignore);
  }
  if (options.range) {
    return read_range(options, diagnostics, *workers.front(), ignore);
  }
  std::error_code error;
  Sources sources;
  sources.root =
      std::filesystem::absolute(options.targets.front(), error).string();
  WalkOptions walk_options;
  for (const std::string& target : options.targets) {
    if (target == "-") {
      workers.front()->scan_standard_input();
    } else {
      walk_options.targets.push_back(target);
    }
  }
  if (walk_options.targets.empty()) return sources;
  if (reach) reach->read(diagnostics, workers);
  walk_options.excludes = options.excludes;
  walk_options.include_ignored = options.include_ignored;
  walk_options.threads = static_cast<int>(workers.size());
  TRY(walk(walk_options, diagnostics, [&](int worker, const FileSource& file) {
    if (reach && reach->has_read(file.path)) return;
    workers[static_cast<std::size_t>(worker)]->scan_file(file);
  }));
  read_ignore_files(walk_options.targets, ignore);
  return sources;
}

bool is_change(const ScanOptions& options) {
  return options.staged || options.range;
}

// "origin/main..HEAD (GitHub Actions)".
std::string described_range(const ScanOptions& options,
                            const Sources& sources) {
  const std::string& origin = options.range->origin;
  return sources.base + ".." + options.range->to +
         (origin.empty() ? "" : " (" + origin + ")");
}

std::string described_target(const ScanOptions& options,
                             const Sources& sources) {
  std::string text;
  if (options.staged) text = "the staged change";
  if (options.range) text = described_range(options, sources);
  if (options.history) text = "the history of";
  if (options.reach) text = "what a program can reach from";
  if (is_change(options) && !options.targets.empty()) text += " in";
  for (const std::string& target : options.targets) {
    text += (text.empty() ? "" : " ");
    text += target == "-" ? "standard input" : shown_url(target);
  }
  return text;
}

// Where the targets are: " in src, lib"; nothing for none.
std::string in_targets(const ScanOptions& options) {
  std::string text;
  for (const std::string& target : options.targets) {
    text += text.empty() ? " in " : ", ";
    text += target == "." ? "this folder" : shown_url(target);
  }
  return text;
}

// Empty when something was scanned, or could not be.
std::string why_nothing(const ScanOptions& options, const Sources& sources,
                        const Report& report) {
  const Scanned& scanned = report.scanned;
  if (scanned.files + scanned.blobs > 0 || !report.problems.empty()) return {};
  if (options.reach) return {};  // what stands around is always there
  if (options.history) {
    return (options.history->state_file.empty() ? "There is no commit"
                                                : "There is nothing new") +
           in_targets(options);
  }
  if (options.range) {
    const std::string range = described_range(options, sources);
    return sources.is_empty ? "There is no commit in " + range
                            : range + " adds no lines" + in_targets(options);
  }
  if (!options.staged) return "There is no file to scan" + in_targets(options);
  if (!sources.is_empty) return "The staged change adds no lines";
  return "Nothing is staged" + in_targets(options);
}

}  // namespace

bool names_repository(const std::string& target) {
  return is_repository_url(target);
}

Result<Report> scan(const ScanOptions& options, const RuleSet& rules,
                    Progress& progress) {
  const auto started = std::chrono::steady_clock::now();
  TRY(check_wanted(options, rules));
  Baseline baseline;
  if (!options.baseline_file.empty()) {
    TRY_ASSIGN(baseline, Baseline::read(options.baseline_file, options.now));
  }
  Diagnostics diagnostics;
  const Matcher matcher(rules, options.decode_depth);
  const int threads = is_change(options) ? 1 : thread_count(options);
  std::vector<std::unique_ptr<Worker>> workers;
  workers.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) {
    workers.push_back(
        std::make_unique<Worker>(matcher, options, diagnostics, progress));
  }
  std::optional<ReachScan> reach;
  if (options.reach) {
    TRY_ASSIGN(reach, ReachScan::begin(options, diagnostics));
  }
  GitleaksIgnore ignore(rules);
  HistoryScan history(options, rules, diagnostics, workers);
  TRY_ASSIGN(const Sources sources,
             options.history ? read_histories(options, history, ignore)
                             : read_sources(options, diagnostics, workers,
                                            ignore, reach ? &*reach : nullptr));

  Report report;
  report.version = options.version;
  report.config = options.config_file;
  report.rules = std::to_string(rules.tokens.size()) + " rules";
  report.target = described_target(options, sources);
  report.scanned.started = options.now;
  report.scanned.commits = sources.commits;
  report.scanned.blobs = sources.blobs;
  report.root = sources.root;
  std::vector<Occurrence> found;
  Seen seen;
  for (const auto& worker : workers) {
    seen.merge(std::move(worker->seen));
    std::move(worker->found.begin(), worker->found.end(),
              std::back_inserter(found));
    worker->found = {};
    report.suppressed += worker->suppressed;
    report.scanned.files += worker->files;
    report.scanned.bytes += worker->bytes;
    report.scanned.lines += worker->lines;
  }
  report.scanned.files -= sources.blobs;
  std::vector<Occurrence> at_end = std::move(workers.front()->standing);
  workers.clear();  // nothing is read any more; their buffers are large
  report.ignored = std::erase_if(found, [&](const Occurrence& occurrence) {
    return ignore.allows(occurrence.place, occurrence.candidate.rule->id);
  });
  std::optional<Standing> standing;
  if (options.range) {
    standing.emplace(std::move(at_end), ignore);
  }
  std::vector<Credential> credentials = to_credentials(std::move(found));
  judge(options, rules, std::move(credentials), std::move(seen),
        reach ? &*reach : nullptr, standing ? &*standing : nullptr, baseline,
        diagnostics, report);
  report.problems = diagnostics.take();
  report.complete = std::none_of(
      report.problems.begin(), report.problems.end(),
      [](const Problem& p) { return p.kind == Problem::Kind::incomplete; });
  if (options.history) TRY(history.save_state());
  if (!is_change(options) && report.complete) {
    report.unused_baseline = baseline.unused();
  }
  if (!options.baseline_output.empty()) {
    constexpr mode_t kForAll = 0644;  // it goes into the repository
    TRY(replace_file(options.baseline_output, baseline.with(report), kForAll));
    report.at_gate = 0;  // known from here on
  }
  report.nothing = why_nothing(options, sources, report);
  report.scanned.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started)
          .count();
  return report;
}

}  // namespace overreach
