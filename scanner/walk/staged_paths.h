// Which paths the next commit changes: the index against HEAD's tree, through
// the index's cache of trees, so that only folders that differ are looked at.
#pragma once

#include <git2.h>

#include <optional>
#include <set>
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

struct StagedPaths {
  std::vector<StagedFile> files;  // ordinary files that are new or different
  // Raw ids of the blobs whose paths are gone: what only moved adds nothing.
  std::set<std::string> removed;
};

// `head` may be null: no commit yet.  What cannot be compared goes to the
// diagnostics; fails when the index is broken.
Result<StagedPaths> staged_paths(git_repository* repository,
                                 const git_tree* head, const GitIndex& index,
                                 Diagnostics& diagnostics);

}  // namespace overreach
