#include "scanner/history/commits.h"

#include <algorithm>
#include <queue>
#include <set>
#include <utility>

namespace overreach {

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

void Commits::count(const std::vector<bool>& is_kept) {
  const auto& commits = all_.commits_;
  const auto for_each_parent = [&](std::uint32_t index, const auto& use) {
    for (const std::uint32_t parent : parents_of(commits[index])) {
      if (parent < commits.size() && is_kept[parent]) use(parent);
    }
  };
  // The children of each, one list behind the other.
  std::vector<std::uint32_t> waits_for(commits.size()), children;
  std::vector<std::size_t> ends(commits.size() + 1);
  for (std::uint32_t i = 0; i < commits.size(); ++i) {
    if (!is_kept[i]) continue;
    for_each_parent(i, [&](std::uint32_t parent) {
      ++ends[parent];
      ++waits_for[i];
    });
  }
  std::size_t sum = 0;
  for (std::size_t& end : ends) {
    const std::size_t count = end;
    end = sum;  // the begin, until all children are there
    sum += count;
  }
  children.resize(sum);
  for (std::uint32_t i = 0; i < commits.size(); ++i) {
    if (!is_kept[i]) continue;
    for_each_parent(
        i, [&](std::uint32_t parent) { children[ends[parent]++] = i; });
  }
  using Waiting = std::pair<std::int64_t, std::uint32_t>;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> ready;
  for (std::uint32_t i = 0; i < commits.size(); ++i) {
    if (is_kept[i] && waits_for[i] == 0) ready.emplace(commits[i].committed, i);
  }
  order_.clear();
  numbers_.assign(commits.size(), kNone);
  while (!ready.empty()) {
    const std::uint32_t index = ready.top().second;
    ready.pop();
    numbers_[index] = static_cast<std::uint32_t>(order_.size());
    order_.push_back(index);
    for (std::size_t at = index == 0 ? 0 : ends[index - 1]; at < ends[index];
         ++at) {
      const std::uint32_t child = children[at];
      if (--waits_for[child] == 0)
        ready.emplace(commits[child].committed, child);
    }
  }
  parents_.clear();
  first_parents_ = {0};
  for (const std::uint32_t index : order_) {
    for_each_parent(index, [&](std::uint32_t parent) {
      parents_.push_back(numbers_[parent]);
    });
    first_parents_.push_back(static_cast<std::uint32_t>(parents_.size()));
  }
}

}  // namespace overreach
