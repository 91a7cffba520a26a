// The commits behind one another, read as they are asked for.
#pragma once

#include <cstdint>
#include <set>
#include <unordered_map>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/git/open_repository.h"

namespace overreach {

class CommitWalk {
 public:
  explicit CommitWalk(const OpenRepository& repository);

  // The commits that `to` has behind it, itself included, and `from` has not;
  // parents first.  Fails when one of them cannot be read.
  Result<std::vector<ObjectId>> between(const ObjectId& from,
                                        const ObjectId& to);
  // The parents of these commits that are none of them, without those that are
  // behind others.
  Result<std::vector<ObjectId>> parted(const std::vector<ObjectId>& commits);

  // Whether one of the commits has parents that this clone lacks on purpose.
  bool is_cut_off(const std::vector<ObjectId>& commits) const;
  bool is_shallow() const { return !ends_.empty(); }

 private:
  struct Commit {
    std::int64_t committed = 0;  // seconds since 1970
    std::vector<ObjectId> parents;
    bool is_end = false;  // it has parents that are not there
  };

  Result<const Commit*> load(const ObjectId& id);
  Result<std::set<ObjectId>> only_behind(const ObjectId& from,
                                         const ObjectId& to);

  const OpenRepository& repository_;
  std::set<ObjectId> ends_;  // of a shallow clone
  std::unordered_map<ObjectId, Commit> commits_;
};

}  // namespace overreach
