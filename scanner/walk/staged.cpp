// What the next commit would add.  Which paths differ from HEAD is found with
// our own index reader: reading a whole index into libgit2 costs more than
// everything else together.

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scanner/git/open_repository.h"
#include "scanner/git/tree_object.h"
#include "scanner/walk/added_lines.h"
#include "scanner/walk/git_index.h"
#include "scanner/walk/renames.h"
#include "scanner/walk/selection.h"
#include "scanner/walk/staged_paths.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// Hooks of `git commit -a` and partial commits name another index.
std::string index_path(const Repository& folders) {
  const char* const given = std::getenv("GIT_INDEX_FILE");
  if (!given || !*given) return folders.git_dir + "index";
  if (*given != '/' && ::access(given, F_OK) != 0) {
    return folders.work_tree + given;
  }
  return given;
}

// Nothing when the file adds nothing, or cannot be read.
std::optional<TextSource> read_file(const OpenRepository& repository,
                                    const ChangedFile& file,
                                    std::optional<std::uint64_t> max_bytes,
                                    Diagnostics& diagnostics) {
  const auto now = repository.read(ObjectKind::blob, file.now);
  if (!now) {
    diagnostics.incomplete(
        file.path, "its staged content cannot be read: " + now.error().text);
    return std::nullopt;
  }
  const std::string_view text = now->view();
  if (max_bytes && text.size() > *max_bytes) {
    diagnostics.left_out(file.path, larger_than(*max_bytes));
    return std::nullopt;
  }
  TextSource source;
  source.path = file.path;
  source.exposure = Exposure::staged;
  source.source = "index";
  source.added_line_count = count_lines(text);
  if (!file.before.empty()) {
    const auto before = repository.read(ObjectKind::blob, file.before);
    auto lines = before ? added_lines(before->view(), text) : std::nullopt;
    if (lines) {
      if (lines->empty()) return std::nullopt;
      source.added_line_count = count_lines(*lines);
      source.added_lines = std::move(*lines);
    }
  }
  source.text = text;
  return source;
}

// The tree of HEAD; nothing before the first commit.
Result<std::optional<TreeObject>> head_tree(const OpenRepository& repository) {
  TRY_ASSIGN(const ObjectId head, repository.head());
  if (head.empty()) return std::nullopt;
  auto tree = tree_of_commit(repository, head);
  if (!tree) return fail("HEAD: cannot be read: " + tree.error().text);
  return std::move(*tree);
}

// A mistyped path must not look like one where nothing is staged.
Status check_exists(const GitIndex& index, const ChangedPaths& changed,
                    const StagedOptions& options, const Selection& selection) {
  for (std::size_t i = 0; i < options.paths.size(); ++i) {
    const std::string& below = selection.selected()[i];
    const auto holds = [&below](const RemovedFile& file) {
      return Selection::is_below(file.path, below);
    };
    std::error_code error;
    if (below.empty() ||
        std::filesystem::exists(
            std::filesystem::symlink_status(options.paths[i], error)) ||
        std::any_of(changed.removed.begin(), changed.removed.end(), holds)) {
      continue;
    }
    GitIndex::Cursor cursor(index);
    while (cursor.has_entry() &&
           !Selection::is_below(cursor.entry().path, below)) {
      cursor.next();
    }
    if (!cursor.has_entry()) {
      return fail(options.paths[i] + ": no such file or folder");
    }
  }
  return {};
}

// Problems elsewhere are no concern of this scan.
void keep_selected(Diagnostics& from, const Selection& selection,
                   Diagnostics& into) {
  for (const Problem& problem : from.take()) {
    if (selection.touches(problem.path)) {
      into.incomplete(problem.path, problem.what);
    }
  }
}

}  // namespace

Result<StagedChange> staged_change(const StagedOptions& options,
                                   Diagnostics& diagnostics) {
  TRY_ASSIGN(
      const auto repository,
      open_repository(
          existing_folder(options.paths.empty() ? "." : options.paths[0]),
          diagnostics));
  const Repository& folders = repository->folders();
  if (folders.work_tree.empty()) {
    return fail(folders.git_dir +
                ": is a bare repository, which stages nothing");
  }
  StagedChange change;
  change.root = canonical_root(folders);
  TRY_ASSIGN(const Selection selection,
             Selection::make(change.root, options.paths, options.excludes));
  TRY_ASSIGN(const GitIndex index,
             GitIndex::open(index_path(folders), repository->hash_kind()));
  TRY_ASSIGN(const auto head, head_tree(*repository));
  Diagnostics everywhere;
  auto changed =
      staged_paths(*repository, head ? &*head : nullptr, index, everywhere);
  if (!changed) {
    return fail(index_path(folders) + ": " + changed.error().text);
  }
  TRY(check_exists(index, *changed, options, selection));
  keep_selected(everywhere, selection, diagnostics);
  std::erase_if(changed->files, [&](const ChangedFile& file) {
    return !selection.contains(file.path);
  });
  find_renames(*repository, *changed);
  change.is_empty =
      changed->files.empty() &&
      std::none_of(changed->removed.begin(), changed->removed.end(),
                   [&](const RemovedFile& file) {
                     return selection.contains(file.path);
                   });
  for (const ChangedFile& file : changed->files) {
    if (file.before == file.now) continue;
    if (auto text =
            read_file(*repository, file, options.max_file_bytes, diagnostics)) {
      change.texts.push_back(std::move(*text));
    }
  }
  return change;
}

}  // namespace overreach
