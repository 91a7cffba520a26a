// Which commits a range holds, also in a clone that lacks the older ones.
#pragma once

#include <git2.h>

#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/walk/walk.h"

namespace overreach {

struct CommitRange {
  std::string base;  // as in RangeChange
  git_oid from, to;
  std::vector<git_oid> commits;  // parents before children
  // Where the two parted: the best of what both have behind them.  None: the
  // range begins with nothing, or holds no commit.
  std::vector<git_oid> parted;
};

// As range_change() says.
Result<CommitRange> commits_of(git_repository* repository,
                               const RangeOptions& options);

}  // namespace overreach
