// What the next commit would add.  Objects come through libgit2; which paths
// differ from HEAD is found with our own index reader: reading a whole index
// into libgit2 costs more than everything else together.

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scanner/git/libgit2.h"
#include "scanner/walk/added_lines.h"
#include "scanner/walk/git_index.h"
#include "scanner/walk/renames.h"
#include "scanner/walk/selection.h"
#include "scanner/walk/staged_paths.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// Hooks of `git commit -a` and partial commits name another index.
std::string index_path(git_repository* repository) {
  const char* const given = std::getenv("GIT_INDEX_FILE");
  if (!given || !*given) {
    return std::string(git_repository_path(repository)) + "index";
  }
  const char* const root = git_repository_workdir(repository);
  if (*given != '/' && root && ::access(given, F_OK) != 0) {
    return std::string(root) + given;
  }
  return given;
}

// Nothing when the file adds nothing, or cannot be read.
std::optional<TextSource> read_file(git_repository* repository,
                                    const ChangedFile& file,
                                    std::optional<std::uint64_t> max_bytes,
                                    Diagnostics& diagnostics) {
  const GitBlob now = load_blob(repository, file.now);
  if (!now) {
    diagnostics.incomplete(
        file.path, "its staged content cannot be read: " + git_error_text());
    return std::nullopt;
  }
  if (max_bytes && text_of(now).size() > *max_bytes) {
    diagnostics.left_out(file.path, larger_than(*max_bytes));
    return std::nullopt;
  }
  TextSource source;
  source.path = file.path;
  source.exposure = Exposure::staged;
  source.source = "index";
  const GitBlob before =
      file.before ? load_blob(repository, *file.before) : GitBlob();
  if (auto lines = added_lines(before, now)) {
    if (lines->empty()) return std::nullopt;
    source.added_line_count = count_lines(*lines);
    source.added_lines = std::move(*lines);
  } else {
    source.added_line_count = count_lines(text_of(now));
  }
  source.text = text_of(now);
  return source;
}

std::string work_tree_of(git_repository* repository) {
  const std::string given = git_repository_workdir(repository);
  std::error_code error;
  std::string root = std::filesystem::canonical(given, error).string();
  return error ? given : root;
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
  const GitLibrary library;
  TRY_ASSIGN(const GitRepository repository,
             open_repository(existing_folder(
                 options.paths.empty() ? "." : options.paths.front())));
  if (git_repository_is_bare(repository.get())) {
    return fail(std::string(git_repository_path(repository.get())) +
                ": is a bare repository, which stages nothing");
  }
  StagedChange change;
  change.root = work_tree_of(repository.get());
  TRY_ASSIGN(const Selection selection,
             Selection::make(change.root, options.paths, options.excludes));
  TRY_ASSIGN(const GitIndex index,
             GitIndex::open(index_path(repository.get())));
  TRY_ASSIGN(const GitTree head, head_tree(repository.get()));
  Diagnostics everywhere;
  auto changed = staged_paths(repository.get(), head.get(), index, everywhere);
  if (!changed) {
    return fail(index_path(repository.get()) + ": " + changed.error().text);
  }
  TRY(check_exists(index, *changed, options, selection));
  keep_selected(everywhere, selection, diagnostics);
  std::erase_if(changed->files, [&](const ChangedFile& file) {
    return !selection.contains(file.path);
  });
  find_renames(repository.get(), *changed);
  change.is_empty =
      changed->files.empty() &&
      std::none_of(changed->removed.begin(), changed->removed.end(),
                   [&](const RemovedFile& file) {
                     return selection.contains(file.path);
                   });
  for (const ChangedFile& file : changed->files) {
    if (file.before && git_oid_equal(&*file.before, &file.now)) continue;
    if (auto text = read_file(repository.get(), file, options.max_file_bytes,
                              diagnostics)) {
      change.texts.push_back(std::move(*text));
    }
  }
  return change;
}

}  // namespace overreach
