#include "scanner/history/commits.h"

#include <algorithm>
#include <queue>
#include <set>
#include <utility>

#include "scanner/base/radix_sort.h"

namespace overreach {
namespace {

// For each of some numbers a list of others, one behind the other.
class Lists {
 public:
  void add(std::uint32_t item) { items_.push_back(item); }
  void end_list() {
    begins_.push_back(static_cast<std::uint32_t>(items_.size()));
  }
  std::size_t size() const { return begins_.size() - 1; }
  std::span<const std::uint32_t> at(std::size_t list) const {
    return std::span(items_).subspan(begins_[list],
                                     begins_[list + 1] - begins_[list]);
  }

  // As many lists, of the numbers in whose list each number is.
  Lists turned() const {
    Lists lists;
    lists.items_.resize(items_.size());
    lists.begins_.assign(begins_.size(), 0);
    for (const std::uint32_t item : items_) ++lists.begins_[item + 1];
    for (std::size_t i = 1; i < begins_.size(); ++i) {
      lists.begins_[i] += lists.begins_[i - 1];
    }
    std::vector<std::uint32_t> next = lists.begins_;
    for (std::uint32_t list = 0; list < size(); ++list) {
      for (const std::uint32_t item : at(list)) {
        lists.items_[next[item]++] = list;
      }
    }
    return lists;
  }

 private:
  std::vector<std::uint32_t> items_, begins_{0};
};

}  // namespace

void Commits::Found::add(std::uint32_t place, std::uint32_t tree,
                         std::int64_t committed,
                         std::span<const std::uint32_t> parents) {
  commits_.push_back({place, tree, committed, parents_.size(),
                      static_cast<std::uint32_t>(parents.size())});
  parents_.insert(parents_.end(), parents.begin(), parents.end());
}

Commits::Commits(std::vector<Found> found, std::size_t places,
                 const std::function<ObjectId(std::uint32_t)>& id_at)
    : indexes_(places, kNone) {
  for (Found& part : found) {
    for (Found::Commit& commit : part.commits_) {
      commit.parents += all_.parents_.size();
      all_.commits_.push_back(commit);
    }
    all_.parents_.insert(all_.parents_.end(), part.parents_.begin(),
                         part.parents_.end());
    part = {};
  }
  // The same whatever order they were read in.  Of one pack places have it.
  auto& commits = all_.commits_;
  std::sort(commits.begin(), commits.end(),
            [](const auto& a, const auto& b) { return a.place < b.place; });
  const auto by_id = [&](const Found::Commit& a, const Found::Commit& b) {
    return id_at(a.place) < id_at(b.place);
  };
  if (!std::is_sorted(commits.begin(), commits.end(), by_id)) {
    std::sort(commits.begin(), commits.end(), by_id);
  }
  for (std::uint32_t i = 0; i < commits.size(); ++i) {
    indexes_[commits[i].place] = i;
  }
  // Parents are asked for several times: from here on by index.
  for (std::uint32_t& parent : all_.parents_) {
    if (has(parent)) {
      parent = indexes_[parent];
    } else {
      missing_.push_back(parent);
      parent = static_cast<std::uint32_t>(commits.size() + missing_.size() - 1);
    }
  }
}

void Commits::count_all() {
  count(std::vector<bool>(all_.commits_.size(), true));
}

std::vector<std::uint32_t> Commits::count_reachable(
    const std::vector<std::uint32_t>& tips) {
  const std::size_t size = all_.commits_.size();
  std::vector<bool> is_kept(size);
  std::vector<std::uint32_t> stack;
  std::set<std::uint32_t> missing;
  for (const std::uint32_t place : tips) {
    if (has(place)) {
      stack.push_back(indexes_[place]);
    } else {
      missing.insert(place);
    }
  }
  while (!stack.empty()) {
    const std::uint32_t index = stack.back();
    stack.pop_back();
    if (index >= size) {
      missing.insert(missing_[index - size]);
    } else if (!is_kept[index]) {
      is_kept[index] = true;
      const auto parents = parents_of(all_.commits_[index]);
      stack.insert(stack.end(), parents.begin(), parents.end());
    }
  }
  count(is_kept);
  return {missing.begin(), missing.end()};
}

std::optional<std::size_t> Commits::number_of(std::uint32_t place) const {
  if (!has(place) || numbers_[indexes_[place]] == kNone) return std::nullopt;
  return numbers_[indexes_[place]];
}

std::size_t Commits::without_tree() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < size(); ++i) count += tree_at(i) == kNone;
  return count;
}

// The kept ones by date.  What is asked for together lies together then:
// commits are near their parents in time, and nowhere else.
std::vector<std::uint32_t> Commits::by_date(
    const std::vector<bool>& is_kept) const {
  const auto& commits = all_.commits_;
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  std::vector<Keyed> dated;  // date, index
  dated.reserve(commits.size());
  for (std::uint32_t i = 0; i < commits.size(); ++i) {
    if (!is_kept[i]) continue;
    dated.push_back(
        {static_cast<std::uint64_t>(commits[i].committed) ^ kSign, i});
  }
  radix_sort(dated);
  std::vector<std::uint32_t> indexes;
  indexes.reserve(dated.size());
  for (const auto& [date, index] : dated) indexes.push_back(index);
  return indexes;
}

// Always the oldest of those whose parents have been counted.  That is the
// next by date, but for commits that are dated before their parents: they wait,
// and then have their turn at once.
void Commits::count(const std::vector<bool>& is_kept) {
  const std::vector<std::uint32_t> indexes = by_date(is_kept);
  const std::size_t size = indexes.size();
  std::vector<std::uint32_t> ranks(all_.commits_.size(), kNone);
  for (std::uint32_t rank = 0; rank < size; ++rank) ranks[indexes[rank]] = rank;
  // By rank, as ranks: the parents of each, and its children.
  Lists parents;
  std::vector<std::uint32_t> waits_for;
  waits_for.reserve(size);
  for (const std::uint32_t index : indexes) {
    std::uint32_t count = 0;
    for (const std::uint32_t parent : parents_of(all_.commits_[index])) {
      if (parent >= ranks.size() || ranks[parent] == kNone) continue;
      parents.add(ranks[parent]);
      ++count;
    }
    parents.end_list();
    waits_for.push_back(count);
  }
  const Lists children = parents.turned();
  std::vector<std::uint32_t> counted;  // ranks
  counted.reserve(size);
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>>
      waited;
  const auto count_one = [&](std::uint32_t rank, std::uint32_t now) {
    counted.push_back(rank);
    for (const std::uint32_t child : children.at(rank)) {
      if (--waits_for[child] == 0 && child < now) waited.push(child);
    }
  };
  for (std::uint32_t rank = 0; rank < size; ++rank) {
    if (waits_for[rank] != 0) continue;
    count_one(rank, rank);
    while (!waited.empty()) {
      const std::uint32_t late = waited.top();
      waited.pop();
      count_one(late, rank);
    }
  }
  order_.clear();
  trees_.clear();
  numbers_.assign(ranks.size(), kNone);
  for (const std::uint32_t rank : counted) {
    numbers_[indexes[rank]] = static_cast<std::uint32_t>(order_.size());
    order_.push_back(indexes[rank]);
    trees_.push_back(all_.commits_[indexes[rank]].tree);
  }
  parents_.clear();
  first_parents_ = {0};
  for (const std::uint32_t rank : counted) {
    for (const std::uint32_t parent : parents.at(rank)) {
      parents_.push_back(numbers_[indexes[parent]]);
    }
    first_parents_.push_back(static_cast<std::uint32_t>(parents_.size()));
  }
}

}  // namespace overreach
