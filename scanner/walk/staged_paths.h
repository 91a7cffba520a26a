// Which paths the next commit changes: the index against HEAD's tree, through
// the index's cache of trees, so that only folders that differ are looked at.
#pragma once

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/walk/changed_paths.h"
#include "scanner/walk/git_index.h"

namespace overreach {

// `head` may be null: no commit yet.  What cannot be compared goes to the
// diagnostics; fails when the index is broken.
Result<ChangedPaths> staged_paths(const OpenRepository& repository,
                                  const TreeObject* head, const GitIndex& index,
                                  Diagnostics& diagnostics);

}  // namespace overreach
