// What a range of commits adds: commit by commit, and all together.

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/git/open_repository.h"
#include "scanner/git/parse.h"
#include "scanner/git/tree_object.h"
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

// All of a TextSource that belongs to its commit.
TextSource source_of(const ObjectId& id, const ParsedCommit& commit) {
  TextSource source;
  source.exposure = Exposure::history;
  source.source = "commit";
  source.commit = id.hex();
  source.author = commit.author.name;
  source.date = commit.author.date();
  return source;
}

class RangeReader {
 public:
  RangeReader(const OpenRepository& repository, const Selection& selection,
              const RangeOptions& options, Diagnostics& diagnostics,
              const TextConsumer& consumer)
      : repository_(repository),
        selection_(selection),
        options_(options),
        diagnostics_(diagnostics),
        consumer_(consumer) {}

  void read(const ObjectId& id) {
    const auto bytes = repository_.read(ObjectKind::commit, id);
    const auto commit = bytes ? parse_commit(bytes->view())
                              : Result<ParsedCommit>(fail(bytes.error().text));
    if (!commit) {
      return diagnostics_.incomplete("commit " + id.hex(),
                                     "cannot be read: " + commit.error().text);
    }
    const TextSource source = source_of(id, *commit);
    TextSource message = source;
    message.path = kMessage;
    message.source = "message";
    message.is_file = false;
    message.text = commit->message;
    consumer_(std::move(message));
    const Changes changes = changes_of(id, commit->parents);
    for (const ChangedFile& file : changes.front().files) {
      changed_.insert(file.path);
      read_file(id, source, file, changes, consumer_);
    }
  }

  // As if the whole range were one commit.
  void read_end(const CommitRange& range, const TextConsumer& consumer) {
    TextSource source;
    source.exposure = Exposure::tracked;
    source.source = "commit";
    const Changes changes = changes_of(range.to, range.parted);
    for (const ChangedFile& file : changes.front().files) {
      read_file(range.to, source, file, changes, consumer);
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
  using Changes = std::vector<ChangedPaths>;

  // Against each of the commits before, or nothing for the first commit; only
  // files that differ from all of them, in the same order in each.
  Changes changes_of(const ObjectId& commit,
                     const std::vector<ObjectId>& parents) {
    Changes changes;
    const auto now = tree_of(commit);
    for (std::size_t i = 0; i < std::max<std::size_t>(1, parents.size()); ++i) {
      const auto before =
          i < parents.size() ? tree_of(parents[i]) : std::nullopt;
      TreeComparison comparison(repository_, diagnostics_);
      if (now && (before || parents.empty())) {
        comparison.compare_trees(before ? &*before : nullptr, *now, "", 0);
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

  // Nothing, and said so, when it cannot be read.
  std::optional<TreeObject> tree_of(const ObjectId& commit) {
    auto tree = tree_of_commit(repository_, commit);
    if (tree) return std::move(*tree);
    diagnostics_.incomplete("commit " + commit.hex(),
                            "its files cannot be listed: " + tree.error().text);
    return std::nullopt;
  }

  std::set<std::string> in_all(const Changes& changes) {
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
  void read_file(const ObjectId& commit, TextSource source,
                 const ChangedFile& file, const Changes& changes,
                 const TextConsumer& consumer) {
    const auto index = &file - changes.front().files.data();
    // Only moved, from one of the parents.
    if (std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
          return change.files[index].before == file.now;
        })) {
      return;
    }
    const auto now = repository_.read(ObjectKind::blob, file.now);
    if (!now) {
      if (!unreadable_.insert(file.path + ' ' + file.now.hex()).second) return;
      return diagnostics_.incomplete(
          file.path, "its content in commit " + commit.hex() +
                         " cannot be read: " + now.error().text);
    }
    const std::string_view text = now->view();
    if (options_.max_file_bytes && text.size() > *options_.max_file_bytes) {
      if (too_large_.insert(file.path).second) {
        diagnostics_.left_out(file.path, larger_than(*options_.max_file_bytes));
      }
      return;
    }
    std::optional<LineRuns> lines;
    for (const ChangedPaths& change : changes) {
      const auto added = added_since(change.files[index].before, text);
      if (added) lines = lines ? in_both(*lines, *added) : *added;
    }
    if (lines && lines->empty()) return;
    source.path = file.path;
    source.text = text;
    source.added_line_count = lines ? count_lines(*lines) : count_lines(text);
    if (lines) source.added_lines = std::move(*lines);
    consumer(std::move(source));
  }

  std::optional<LineRuns> added_since(const ObjectId& before,
                                      std::string_view now) const {
    if (before.empty()) return std::nullopt;
    const auto blob = repository_.read(ObjectKind::blob, before);
    return blob ? added_lines(blob->view(), now) : std::nullopt;
  }

  const OpenRepository& repository_;
  const Selection& selection_;
  const RangeOptions& options_;
  Diagnostics& diagnostics_;
  const TextConsumer& consumer_;
  std::set<std::string> changed_;                 // files
  std::set<std::string> too_large_, unreadable_;  // said so already
};

bool holds(const OpenRepository& repository, const ObjectId& commit,
           std::string_view path) {
  auto tree = tree_of_commit(repository, commit);
  while (tree) {
    const std::string_view name = path.substr(0, path.find('/'));
    const auto entry =
        std::find_if(tree->entries.begin(), tree->entries.end(),
                     [&](const TreeEntry& each) { return each.name == name; });
    if (entry == tree->entries.end()) return false;
    if (name.size() == path.size()) return true;
    path.remove_prefix(name.size() + 1);
    tree = read_tree(repository, ObjectId(entry->id));
  }
  return false;
}

// A mistyped path must not look like one that nothing was added to.
Status check_paths(const OpenRepository& repository, const CommitRange& range,
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
  TRY_ASSIGN(
      const auto repository,
      open_repository(
          existing_folder(options.paths.empty() ? "." : options.paths.front()),
          diagnostics));
  RangeChange change;
  change.root = canonical_root(repository->folders());
  TRY_ASSIGN(const Selection selection,
             Selection::make(change.root, options.paths, options.excludes));
  TRY_ASSIGN(const CommitRange range, commits_of(*repository, options));
  change.base = range.base;
  change.commits = range.commits.size();
  RangeReader reader(*repository, selection, options, diagnostics, consumer);
  for (const ObjectId& id : range.commits) reader.read(id);
  if (at_end && !range.commits.empty()) reader.read_end(range, at_end);
  TRY(check_paths(*repository, range, options, selection, reader));
  return change;
}

}  // namespace overreach
