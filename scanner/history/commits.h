// The graph of a repository's commits: 34 bytes for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "scanner/git/object_id.h"

namespace overreach {

class Commits {
 public:
  static constexpr std::uint32_t kNone =
      std::numeric_limits<std::uint32_t>::max();

  // As one thread reads them.
  class Found {
   public:
    // Places in the store; of a parent that is not there one behind all of the
    // store's, of a tree that is not there kNone.
    void add(std::uint32_t place, std::uint32_t tree, std::int64_t committed,
             std::span<const std::uint32_t> parents);

   private:
    friend class Commits;
    struct Commit {
      std::uint32_t place, tree;
      std::int64_t committed;      // seconds since 1970
      std::size_t parents;         // the first in parents_
      std::uint32_t parent_count;  // there
    };
    std::vector<Commit> commits_;
    std::vector<std::uint32_t> parents_;
  };

  // Every commit of a store of so many places, which `id_at` names.
  Commits(std::vector<Found> found, std::size_t places,
          const std::function<ObjectId(std::uint32_t)>& id_at);

  bool has(std::uint32_t place) const {
    return place < indexes_.size() && indexes_[place] != kNone;
  }

  // Gives numbers to what these lead to, themselves included, or to all
  // commits.  Returns the places of commits that should be there and are not,
  // sorted.
  std::vector<std::uint32_t> count_reachable(
      const std::vector<std::uint32_t>& tips);
  void count_all();

  // Numbers have an order in which parents come before children, else by date.
  std::size_t size() const { return order_.size(); }
  std::uint32_t place_at(std::size_t number) const {
    return all_.commits_[order_[number]].place;
  }
  std::uint32_t tree_at(std::size_t number) const { return trees_[number]; }
  std::span<const std::uint32_t> parents_at(std::size_t number) const {
    return std::span(parents_).subspan(
        first_parents_[number],
        first_parents_[number + 1] - first_parents_[number]);
  }
  std::optional<std::size_t> number_of(std::uint32_t place) const;
  // How many of them have a tree that is not there.
  std::size_t without_tree() const;

 private:
  void count(const std::vector<bool>& is_kept);
  std::vector<std::uint32_t> by_date(const std::vector<bool>& is_kept) const;
  // Indexes in all_; behind them those in missing_.
  std::span<const std::uint32_t> parents_of(const Found::Commit& commit) const {
    return std::span(all_.parents_)
        .subspan(commit.parents, commit.parent_count);
  }

  Found all_;                           // sorted by id
  std::vector<std::uint32_t> missing_;  // places of parents
  std::vector<std::uint32_t> indexes_;  // in all_, by place
  std::vector<std::uint32_t> order_;    // indexes in all_
  std::vector<std::uint32_t> numbers_;  // of each in all_; or kNone
  std::vector<std::uint32_t> trees_, parents_, first_parents_;  // by number
};

}  // namespace overreach
