// What to look at.  Finds the files below the targets on several threads and
// hands each to a consumer on the thread that found it; reads no content but
// ignore files and the Git index.
//
//   In a Git work tree: tracked files, and untracked ones that are not ignored
//   (`include_ignored` adds those).  A nested work tree (submodule or not)
//   follows its own index and ignore files.  `.git` itself is never entered.
//   Elsewhere: every file, whatever ignore files lie there.
//   Symbolic links are not followed.  FIFOs, sockets and devices are left out
//   and said so.  A target that is named itself is always read, ignored or not,
//   and may be a symbolic link.
//
// Errors on one entry go to the diagnostics, the walk goes on.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/core/source.h"

namespace overreach {

struct WalkOptions {
  std::vector<std::string> targets;   // paths; at least one
  std::vector<std::string> excludes;  // gitignore-like globs, --exclude
  bool include_ignored = false;
  int threads = 1;
};

// `worker` is 0 .. threads-1: a consumer keeps its scratch by it.
using FileConsumer = std::function<void(int worker, const FileSource& file)>;

// What the paths below a folder among `targets` begin with: nothing when it is
// the only target or ".", else the folder as given.  Empty or ending in '/'.
std::string path_prefix(const std::vector<std::string>& targets,
                        const std::string& folder);

// Paths of files that are targets are as given, those of others path_prefix()
// and what is below.
// Fails only when a target does not exist or cannot be looked at at all.
Status walk(const WalkOptions& options, Diagnostics& diagnostics,
            const FileConsumer& consumer);

// Whether a path, relative to the root, fits one of --exclude.
std::function<bool(std::string_view path)> exclusion(
    const std::vector<std::string>& globs);

struct StagedOptions {
  // Files and folders of one work tree; none: all of the one that holds the
  // current folder.
  std::vector<std::string> paths;
  std::vector<std::string> excludes;  // as in WalkOptions
  std::optional<std::uint64_t> max_file_bytes;
};

struct StagedChange {
  std::string root;  // of the work tree, absolute; paths are relative to it
  std::vector<TextSource> texts;
  // Whether the next commit changes anything there, additions or not.
  bool is_empty = true;
};

// What the next commit would add: for every file of the index that differs
// from HEAD (or of the whole index before the first commit) its staged text
// with the lines that were added.  A file that moved counts with the lines
// that it did not have at its old place, a copy as a whole.  Never reads the
// work tree.
// Fails when the paths are in no work tree, a path names nothing, or the index
// cannot be read; one unreadable object goes to the diagnostics.
Result<StagedChange> staged_change(const StagedOptions& options,
                                   Diagnostics& diagnostics);

struct RangeOptions {
  // Revisions that may be the base: the first that names a commit is.
  std::vector<std::string> from;
  std::string to = "HEAD";
  // Tried when `from` names none.  When such a base leaves no commit, that says
  // nothing, and the range fails.
  std::vector<std::string> guesses;
  // How to fetch what a shallow clone lacks, a clause; empty: how Git does it.
  std::string advice;
  // The rest as in StagedOptions; a bare repository may be named as a whole.
  std::vector<std::string> paths;
  std::vector<std::string> excludes;
  std::optional<std::uint64_t> max_file_bytes;
};

struct RangeChange {
  std::string root;  // of the work tree, or the bare repository; absolute
  std::string base;  // the one of RangeOptions::from
  std::uint64_t commits = 0;
};

using TextConsumer = std::function<void(TextSource text)>;

// What the commits that `to` has and the base has not (so those since the two
// parted) add, commit by commit, the oldest first: for each file that a commit
// changed its text with the lines that were added, as in staged_change(), and
// the commit's message.  A merge counts with what none of its parents has.
// So what one of them adds and another removes is seen too.
// Then, unless `at_end` is empty, what is left of it: each file of `to` that
// differs from where the two parted (from nothing when they never were one),
// with the lines that it did not have there, as if all were one commit.
// Fails when there is no such revision, or when a shallow clone lacks where the
// two parted; one unreadable object goes to the diagnostics.
Result<RangeChange> range_change(const RangeOptions& options,
                                 Diagnostics& diagnostics,
                                 const TextConsumer& consumer,
                                 const TextConsumer& at_end = {});

}  // namespace overreach
