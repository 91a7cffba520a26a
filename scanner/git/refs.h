// Where a history begins: everything that keeps objects alive by name.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/git/object_id.h"
#include "scanner/git/repository.h"

namespace overreach {

struct Ref {
  std::string name;  // as people write it: "main", "origin/main", "tag v1.0"
  ObjectId target;   // what it names, a tag object too
};

struct Refs {
  // Branches, tags, remote branches, every stash, notes, whatever else is below
  // refs/, and the HEADs of work trees that are on no branch.  In this order,
  // then by name.
  std::vector<Ref> all;
  ObjectId head;                    // empty before the first commit
  std::string head_branch;          // "refs/heads/main", or empty
  std::set<ObjectId> shallow_ends;  // commits whose parents are left out
};

// Whole names: "refs/heads/main".
using RefsByName = std::map<std::string, ObjectId>;

// A broken ref goes to the diagnostics.  `by_name`, unless null, gets every ref
// that leads somewhere.
Result<Refs> read_refs(const Repository& repository, Diagnostics& diagnostics,
                       RefsByName* by_name = nullptr);

}  // namespace overreach
