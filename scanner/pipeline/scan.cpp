#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <thread>

#include "scanner/environment/environment.h"
#include "scanner/match/match.h"
#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/gitleaks_ignore.h"
#include "scanner/pipeline/judge.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/read/read.h"
#include "scanner/syntax/syntax.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// One thread's scratch and results; nothing of it is shared.
class Worker {
 public:
  Worker(const Matcher& matcher, const ScanOptions& options,
         Diagnostics& diagnostics, Progress& progress)
      : matcher_(matcher),
        reader_({options.max_file_bytes}),
        diagnostics_(diagnostics),
        progress_(progress) {}

  void scan_file(const FileSource& file) {
    Place place;
    place.exposure = file.exposure;
    place.source = "tree";
    count(reader_.read_file(file, diagnostics_, [&](const Window& window) {
      look_at(window, file.path, place);
    }));
  }

  void scan_standard_input() {
    Place place;
    place.source = "stdin";
    count(reader_.read_descriptor(
        STDIN_FILENO, "-", diagnostics_,
        [&](const Window& window) { look_at(window, "-", place); }));
  }

  void scan_text(const TextSource& text) {
    Place place;
    place.exposure = text.exposure;
    place.source = text.source;
    const std::size_t before = found.size();
    reader_.read_text(text.text, [&](const Window& window) {
      look_at(window, text.path, place);
    });
    count(text.text.size());
    lines += text.added_line_count;
    seen.add_change(text.path, text.added_lines);
    if (text.added_lines.empty()) return;
    found.erase(
        std::remove_if(found.begin() + static_cast<std::ptrdiff_t>(before),
                       found.end(),
                       [&](const Occurrence& occurrence) {
                         return !is_added(text, occurrence.place);
                       }),
        found.end());
  }

  std::vector<Occurrence> found;
  Seen seen;
  std::size_t suppressed = 0;
  std::uint64_t files = 0, bytes = 0, lines = 0;

 private:
  static bool is_added(const TextSource& text, const Place& place) {
    return std::any_of(
        text.added_lines.begin(), text.added_lines.end(), [&](const auto& run) {
          return place.line <= run.second && place.end_line >= run.first;
        });
  }

  void count(std::optional<std::uint64_t> read) {
    if (!read) return;
    ++files;
    bytes += *read;
    progress_.files.fetch_add(1, std::memory_order_relaxed);
    progress_.bytes.fetch_add(*read, std::memory_order_relaxed);
  }

  void look_at(const Window& window, std::string_view path,
               const Place& where) {
    const std::size_t before = found.size() + seen.files.size();
    match(window, path, where);
    read_entries(window, path, where);
    if (found.size() + seen.files.size() > before) {
      seen.add_markers(path, window.bytes, window.first_line);
    }
  }

  // Entries need the whole file.
  void read_entries(const Window& window, std::string_view path,
                    const Place& where) {
    const Language language = language_of(path);
    if (language == Language::none || window.is_binary ||
        window.seen_bytes > 0 || window.first_line > 1 ||
        !may_matter(language, window.bytes)) {
      return;
    }
    if (window.goes_on || window.bytes.size() > kMaxSyntaxBytes) {
      diagnostics_.left_out(path, "its settings: larger than 4 MB");
      return;
    }
    EntryList list = syntax_.entries(language, window.bytes);
    for (const std::string& note : list.notes) {
      diagnostics_.left_out(path, "some settings: " + note);
    }
    if (list.entries().empty()) return;
    LabelledFile file = label_entries(std::string(path), std::move(list));
    file.source = where.source;
    file.exposure = where.exposure;
    seen.add(std::move(file));
  }

  void match(const Window& window, std::string_view path, const Place& where) {
    MatchResult result =
        matcher_.match({path, window.bytes, window.is_binary}, scratch_);
    suppressed += result.suppressed;
    if (result.candidates.empty()) return;
    // Groups of different windows of one file must not meet.
    const std::uint32_t groups_before = groups_;
    for (Candidate& candidate : result.candidates) {
      if (candidate.end < window.seen_bytes ||
          (window.goes_on && candidate.end == window.bytes.size())) {
        continue;
      }
      if (candidate.group != 0) candidate.group += groups_before;
      groups_ = std::max(groups_, candidate.group);
      Place place = where;
      place.path = path;
      place.key = candidate.key;
      place.line = candidate.line + window.first_line - 1;
      place.end_line = candidate.end_line + window.first_line - 1;
      const std::uint32_t shift = window.first_column - 1;
      place.column = candidate.column + (candidate.line == 1 ? shift : 0);
      place.end_column =
          candidate.end_column + (candidate.end_line == 1 ? shift : 0);
      found.push_back({std::move(candidate), std::move(place)});
    }
    progress_.found.store(found.size(), std::memory_order_relaxed);
  }

  const Matcher& matcher_;
  Matcher::Scratch scratch_;
  Syntax syntax_;
  Reader reader_;
  Diagnostics& diagnostics_;
  Progress& progress_;
  std::uint32_t groups_ = 0;  // the highest number of a group so far
};

int thread_count(const ScanOptions& options) {
  if (options.threads > 0) return options.threads;
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

// What there is to say about the sources besides what they hold.
struct Sources {
  std::string root;  // absolute; places are relative to it
  bool is_empty = false;
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
  return Sources{change.root, change.is_empty};
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

Result<Sources> read_sources(const ScanOptions& options,
                             Diagnostics& diagnostics,
                             std::vector<std::unique_ptr<Worker>>& workers,
                             GitleaksIgnore& ignore) {
  if (options.staged) {
    return read_staged(options, diagnostics, *workers.front(), ignore);
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
  walk_options.excludes = options.excludes;
  walk_options.include_ignored = options.include_ignored;
  walk_options.threads = static_cast<int>(workers.size());
  TRY(walk(walk_options, diagnostics, [&](int worker, const FileSource& file) {
    workers[static_cast<std::size_t>(worker)]->scan_file(file);
  }));
  read_ignore_files(walk_options.targets, ignore);
  return sources;
}

std::string described_target(const ScanOptions& options) {
  std::string text;
  if (options.staged) text = "the staged change";
  if (options.staged && !options.targets.empty()) text += " in";
  for (const std::string& target : options.targets) {
    text += (text.empty() ? "" : " ");
    text += target == "-" ? "standard input" : target;
  }
  return text;
}

// Where the targets are: " in src, lib"; nothing for none.
std::string in_targets(const ScanOptions& options) {
  std::string text;
  for (const std::string& target : options.targets) {
    text += text.empty() ? " in " : ", ";
    text += target == "." ? "this folder" : target;
  }
  return text;
}

// Empty when something was scanned, or could not be.
std::string why_nothing(const ScanOptions& options, const Sources& sources,
                        const Report& report) {
  if (report.scanned.files > 0 || !report.problems.empty()) return {};
  if (!options.staged) return "There is no file to scan" + in_targets(options);
  if (!sources.is_empty) return "The staged change adds no lines";
  return "Nothing is staged" + in_targets(options);
}

}  // namespace

Result<Report> scan(const ScanOptions& options, const RuleSet& rules,
                    Progress& progress) {
  const auto started = std::chrono::steady_clock::now();
  TRY(check_wanted(options, rules));
  Diagnostics diagnostics;
  const Matcher matcher(rules);
  const int threads = options.staged ? 1 : thread_count(options);
  std::vector<std::unique_ptr<Worker>> workers;
  workers.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) {
    workers.push_back(
        std::make_unique<Worker>(matcher, options, diagnostics, progress));
  }
  GitleaksIgnore ignore(rules);
  TRY_ASSIGN(const Sources sources,
             read_sources(options, diagnostics, workers, ignore));

  Report report;
  report.version = options.version;
  report.rules = std::to_string(rules.tokens.size()) + " rules";
  report.target = described_target(options);
  report.root = sources.root;
  std::vector<Occurrence> found;
  Seen seen;
  for (const auto& worker : workers) {
    seen.merge(std::move(worker->seen));
    std::move(worker->found.begin(), worker->found.end(),
              std::back_inserter(found));
    report.suppressed += worker->suppressed;
    report.scanned.files += worker->files;
    report.scanned.bytes += worker->bytes;
    report.scanned.lines += worker->lines;
  }
  report.ignored = std::erase_if(found, [&](const Occurrence& occurrence) {
    return ignore.allows(occurrence.place, occurrence.candidate.rule->id);
  });
  judge(options, rules, to_credentials(std::move(found)), std::move(seen),
        diagnostics, report);
  report.problems = diagnostics.take();
  report.complete = std::none_of(
      report.problems.begin(), report.problems.end(),
      [](const Problem& p) { return p.kind == Problem::Kind::incomplete; });
  report.nothing = why_nothing(options, sources, report);
  report.scanned.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started)
          .count();
  return report;
}

}  // namespace overreach
