// Refs in reftables, which Git 3 makes by default: a stack of binary tables, of
// which each says what has changed since those before it.
// Source: Documentation/technical/reftable of Git.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/git/object_id.h"

namespace overreach {

struct Reftables {
  // By whole names, HEAD among them: an id in hex, or "ref: " and a name.
  std::map<std::string, std::string> refs;
  // What refs/stash was, the latest first.
  std::vector<ObjectId> stashes;
};

// Of the folder "reftable" of a repository or work tree; without one there are
// none.  Fails for a table that is absent or broken: the rest would not be what
// the repository has.
Result<Reftables> read_reftables(const std::string& folder);

}  // namespace overreach
