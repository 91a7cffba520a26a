// The graph of a repository's commits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "scanner/git/object_id.h"

namespace overreach {

class Commits {
 public:
  struct Commit {
    ObjectId id, tree;
    std::int64_t committed = 0;  // seconds since 1970
    std::vector<ObjectId> parents;
  };

  // Every commit of the repository.  Those in `ends` have no parents here.
  Commits(std::vector<Commit> all, const std::set<ObjectId>& ends);

  // Keeps only what these commits lead to, themselves included.  Returns the
  // ids of commits that should be there and are not.
  std::vector<ObjectId> keep_reachable(const std::vector<ObjectId>& tips);

  // Counted in an order in which parents come before children, else by date.
  std::size_t size() const { return order_.size(); }
  const Commit& at(std::size_t place) const { return all_[order_[place]]; }
  const std::vector<std::uint32_t>& parents_of(std::size_t place) const {
    return parents_[place];
  }
  std::optional<std::size_t> place_of(const ObjectId& id) const;

 private:
  void sort(const std::vector<bool>& is_kept);

  std::vector<Commit> all_;
  std::unordered_map<ObjectId, std::uint32_t> by_id_;  // index in all_
  std::vector<std::uint32_t> order_;                   // indexes in all_
  std::vector<std::uint32_t> places_;  // of each in all_; or kNowhere
  std::vector<std::vector<std::uint32_t>> parents_;  // places, by place
};

}  // namespace overreach
