// Where a history begins: everything that keeps objects alive by name.
#pragma once

#include <git2.h>

#include <set>
#include <string>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/history/objects.h"

namespace overreach {

struct Ref {
  std::string name;  // as people write it: "main", "origin/main", "v1.0"
  ObjectId target;   // what it names, a tag object too
};

struct Refs {
  // Branches, remote branches, tags, notes, every stash, whatever else is below
  // refs/, and the HEADs of all work trees when they are detached.  In the
  // order in which they are worth naming.
  std::vector<Ref> all;
  ObjectId head;                    // empty before the first commit
  std::set<ObjectId> shallow_ends;  // commits whose parents are left out
  bool is_partial = false;          // objects may be missing on purpose
};

Refs read_refs(git_repository* repository, Diagnostics& diagnostics);

}  // namespace overreach
