// Which commits a range holds, also in a clone that lacks the older ones.
#pragma once

#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/git/open_repository.h"
#include "scanner/walk/walk.h"

namespace overreach {

struct CommitRange {
  std::string base;  // as in RangeChange
  ObjectId from, to;
  std::vector<ObjectId> commits;  // parents before children
  // Where the two parted: the best of what both have behind them.  None: the
  // range begins with nothing, or holds no commit.
  std::vector<ObjectId> parted;
};

// As range_change() says.
Result<CommitRange> commits_of(const OpenRepository& repository,
                               const RangeOptions& options);

}  // namespace overreach
