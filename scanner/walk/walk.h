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
#include <functional>
#include <string>
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

// Path in the report: relative to the target when there is one target that is
// a directory, else the target as given, joined with what is below.
// Fails only when a target does not exist or cannot be looked at at all.
Status walk(const WalkOptions& options, Diagnostics& diagnostics,
            const FileConsumer& consumer);

// The staged change of the work tree that holds `directory`: for every file of
// the index that differs from HEAD (or of the whole index before the first
// commit) its staged text with the lines that were added.  Renames and copies
// count as what they add.  Never reads the work tree.
// Fails when `directory` is in no work tree or the index cannot be read; one
// unreadable object goes to the diagnostics.
Result<std::vector<TextSource>> staged_changes(const std::string& directory,
                                               Diagnostics& diagnostics);

}  // namespace overreach
