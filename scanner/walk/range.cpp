// What a range of commits adds: commit by commit, and all together.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/git/libgit2.h"
#include "scanner/walk/added_lines.h"
#include "scanner/walk/changed_paths.h"
#include "scanner/walk/commit_range.h"
#include "scanner/walk/renames.h"
#include "scanner/walk/selection.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// What findings in a commit's message have for a path.
constexpr const char* kMessage = "(commit message)";

std::string hex(const git_oid& oid) {
  char text[GIT_OID_HEXSZ + 1];
  return git_oid_tostr(text, sizeof text, &oid);
}

std::string date_text(git_time_t seconds) {
  const std::time_t time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  char text[40];
  if (!::gmtime_r(&time, &parts)) return {};
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

// All of a TextSource that belongs to its commit.
TextSource source_of(const git_commit* commit) {
  TextSource source;
  source.exposure = Exposure::history;
  source.source = "commit";
  source.commit = hex(*git_commit_id(commit));
  if (const git_signature* const author = git_commit_author(commit)) {
    source.author =
        std::string(author->name) + " <" + std::string(author->email) + ">";
    source.date = date_text(author->when.time);
  }
  return source;
}

class RangeReader {
 public:
  RangeReader(git_repository* repository, const Selection& selection,
              const RangeOptions& options, Diagnostics& diagnostics,
              const TextConsumer& consumer)
      : repository_(repository),
        selection_(selection),
        options_(options),
        diagnostics_(diagnostics),
        consumer_(consumer) {}

  void read(const git_oid& oid) {
    const GitCommit commit = load_commit(repository_, oid);
    if (!commit) {
      return diagnostics_.incomplete("commit " + hex(oid),
                                     "cannot be read: " + git_error_text());
    }
    if (const char* const message = git_commit_message(commit.get())) {
      TextSource source = source_of(commit.get());
      source.path = kMessage;
      source.source = "message";
      source.is_file = false;
      source.text = message;
      consumer_(std::move(source));
    }
    std::vector<git_oid> parents;
    for (unsigned i = 0; i < git_commit_parentcount(commit.get()); ++i) {
      parents.push_back(*git_commit_parent_id(commit.get(), i));
    }
    const std::vector<ChangedPaths> changes = changes_of(commit.get(), parents);
    for (const ChangedFile& file : changes.front().files) {
      changed_.insert(file.path);
      read_file(commit.get(), source_of(commit.get()), file, changes,
                consumer_);
    }
  }

  // As if the whole range were one commit.
  void read_end(const CommitRange& range, const TextConsumer& consumer) {
    const GitCommit end = load_commit(repository_, range.to);
    if (!end) return;  // said when it was read
    TextSource source;
    source.exposure = Exposure::tracked;
    source.source = "commit";
    const std::vector<ChangedPaths> changes =
        changes_of(end.get(), range.parted);
    for (const ChangedFile& file : changes.front().files) {
      read_file(end.get(), source, file, changes, consumer);
    }
  }

  // Whether something at or below `path` was changed.
  bool has_changed(const std::string& path) const {
    return std::any_of(changed_.begin(), changed_.end(),
                       [&](const std::string& changed) {
                         return Selection::is_below(changed, path);
                       });
  }

 private:
  // Against each of the commits before, or nothing for the first commit; only
  // files that differ from all of them, in the same order in each.
  std::vector<ChangedPaths> changes_of(const git_commit* commit,
                                       const std::vector<git_oid>& parents) {
    std::vector<ChangedPaths> changes;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, parents.size()); ++i) {
      const GitTree before = i < parents.size()
                                 ? tree_of(load_commit(repository_, parents[i]))
                                 : nullptr;
      const GitTree now = tree_of(commit);
      TreeComparison comparison(repository_, diagnostics_);
      if (now && (before || parents.empty())) {
        comparison.compare_trees(before.get(), now.get(), "", 0);
      }
      changes.push_back(comparison.take());
    }
    const std::set<std::string> paths = in_all(changes);
    for (ChangedPaths& change : changes) {
      std::erase_if(change.files, [&](const ChangedFile& file) {
        return !paths.contains(file.path);
      });
      find_renames(repository_, change);
    }
    return changes;
  }

  GitTree tree_of(const GitCommit& commit) { return tree_of(commit.get()); }

  // Null, and said so, when it cannot be read.
  GitTree tree_of(const git_commit* commit) {
    GitTree tree =
        commit ? load_tree(repository_, *git_commit_tree_id(commit)) : nullptr;
    if (!tree) {
      diagnostics_.incomplete(
          commit ? "commit " + hex(*git_commit_id(commit)) : "",
          "its files cannot be listed: " + git_error_text());
    }
    return tree;
  }

  std::set<std::string> in_all(const std::vector<ChangedPaths>& changes) {
    std::set<std::string> paths;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      std::set<std::string> next;
      for (const ChangedFile& file : changes[i].files) {
        if (i == 0 ? selection_.contains(file.path)
                   : paths.contains(file.path)) {
          next.insert(file.path);
        }
      }
      paths = std::move(next);
    }
    return paths;
  }

  // `source` says all but what stands in the file.
  void read_file(const git_commit* commit, TextSource source,
                 const ChangedFile& file,
                 const std::vector<ChangedPaths>& changes,
                 const TextConsumer& consumer) {
    const auto index = &file - changes.front().files.data();
    // Only moved, from one of the parents.
    if (std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
          const auto& before = change.files[index].before;
          return before && git_oid_equal(&*before, &file.now);
        })) {
      return;
    }
    const GitBlob now = load_blob(repository_, file.now);
    if (!now) {
      if (!unreadable_.insert(file.path + ' ' + hex(file.now)).second) return;
      return diagnostics_.incomplete(
          file.path, "its content in commit " + hex(*git_commit_id(commit)) +
                         " cannot be read: " + git_error_text());
    }
    const std::string_view text = text_of(now);
    if (options_.max_file_bytes && text.size() > *options_.max_file_bytes) {
      if (too_large_.insert(file.path).second) {
        diagnostics_.left_out(file.path, larger_than(*options_.max_file_bytes));
      }
      return;
    }
    std::optional<LineRuns> lines;
    for (const ChangedPaths& change : changes) {
      const auto& before = change.files[index].before;
      const auto added = added_lines(
          before ? load_blob(repository_, *before) : GitBlob(), now);
      if (added) lines = lines ? in_both(*lines, *added) : *added;
    }
    if (lines && lines->empty()) return;
    source.path = file.path;
    source.text = text;
    source.added_line_count = lines ? count_lines(*lines) : count_lines(text);
    if (lines) source.added_lines = std::move(*lines);
    consumer(std::move(source));
  }

  git_repository* const repository_;
  const Selection& selection_;
  const RangeOptions& options_;
  Diagnostics& diagnostics_;
  const TextConsumer& consumer_;
  std::set<std::string> changed_;                 // files
  std::set<std::string> too_large_, unreadable_;  // said so already
};

std::string root_of(git_repository* repository) {
  const char* const work_tree = git_repository_workdir(repository);
  const std::string given =
      work_tree ? work_tree : git_repository_path(repository);
  std::error_code error;
  std::string root = std::filesystem::canonical(given, error).string();
  return error ? given : root;
}

bool holds(git_repository* repository, const git_oid& oid,
           const std::string& path) {
  const GitCommit commit = load_commit(repository, oid);
  const GitTree tree =
      commit ? load_tree(repository, *git_commit_tree_id(commit.get()))
             : nullptr;
  git_tree_entry* entry = nullptr;
  if (tree) git_tree_entry_bypath(&entry, tree.get(), path.c_str());
  const bool is_there = entry != nullptr;
  git_tree_entry_free(entry);
  return is_there;
}

// A mistyped path must not look like one that nothing was added to.
Status check_paths(git_repository* repository, const CommitRange& range,
                   const RangeOptions& options, const Selection& selection,
                   const RangeReader& reader) {
  for (std::size_t i = 0; i < options.paths.size(); ++i) {
    const std::string& below = selection.selected()[i];
    std::error_code error;
    if (below.empty() || reader.has_changed(below) ||
        std::filesystem::exists(
            std::filesystem::symlink_status(options.paths[i], error)) ||
        holds(repository, range.from, below) ||
        holds(repository, range.to, below)) {
      continue;
    }
    return fail(options.paths[i] + ": no such file or folder");
  }
  return {};
}

}  // namespace

Result<RangeChange> range_change(const RangeOptions& options,
                                 Diagnostics& diagnostics,
                                 const TextConsumer& consumer,
                                 const TextConsumer& at_end) {
  const GitLibrary library;
  TRY_ASSIGN(const GitRepository repository,
             open_repository(existing_folder(
                 options.paths.empty() ? "." : options.paths.front())));
  RangeChange change;
  change.root = root_of(repository.get());
  TRY_ASSIGN(const Selection selection,
             Selection::make(change.root, options.paths, options.excludes));
  TRY_ASSIGN(const CommitRange range, commits_of(repository.get(), options));
  change.base = range.base;
  change.commits = range.commits.size();
  RangeReader reader(repository.get(), selection, options, diagnostics,
                     consumer);
  for (const git_oid& oid : range.commits) reader.read(oid);
  if (at_end && !range.commits.empty()) reader.read_end(range, at_end);
  TRY(check_paths(repository.get(), range, options, selection, reader));
  return change;
}

}  // namespace overreach
