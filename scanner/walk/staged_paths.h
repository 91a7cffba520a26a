// Which paths the next commit changes: the index against HEAD's tree, through
// the index's cache of trees, so that only folders that differ are looked at.
#pragma once

#include <git2.h>

#include <optional>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/walk/git_index.h"

namespace overreach {

struct StagedFile {
  std::string path;  // relative to the root of the work tree
  git_oid now;
  std::optional<git_oid> before;  // HEAD's file of that path
};

struct RemovedFile {
  std::string path;
  git_oid oid;
};

struct StagedPaths {
  std::vector<StagedFile> files;     // ordinary files, new or different
  std::vector<RemovedFile> removed;  // of HEAD, whose paths are gone
};

// `head` may be null: no commit yet.  What cannot be compared goes to the
// diagnostics; fails when the index is broken.
Result<StagedPaths> staged_paths(git_repository* repository,
                                 const git_tree* head, const GitIndex& index,
                                 Diagnostics& diagnostics);

}  // namespace overreach
