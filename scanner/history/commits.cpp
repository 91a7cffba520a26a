#include "scanner/history/commits.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace overreach {
namespace {

constexpr std::uint32_t kNowhere = UINT32_MAX;

}  // namespace

Commits::Commits(std::vector<Commit> all, const std::set<ObjectId>& ends)
    : all_(std::move(all)) {
  // The same whatever order they were read in.
  std::sort(all_.begin(), all_.end(),
            [](const Commit& a, const Commit& b) { return a.id < b.id; });
  for (std::uint32_t i = 0; i < all_.size(); ++i) {
    by_id_.emplace(all_[i].id, i);
    if (ends.contains(all_[i].id)) all_[i].parents.clear();
  }
  sort(std::vector<bool>(all_.size(), true));
}

std::vector<ObjectId> Commits::keep_reachable(
    const std::vector<ObjectId>& tips) {
  std::vector<bool> is_kept(all_.size());
  std::vector<ObjectId> stack = tips;
  std::set<ObjectId> missing;
  while (!stack.empty()) {
    const ObjectId id = std::move(stack.back());
    stack.pop_back();
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) {
      missing.insert(id);
    } else if (!is_kept[found->second]) {
      is_kept[found->second] = true;
      const auto& parents = all_[found->second].parents;
      stack.insert(stack.end(), parents.begin(), parents.end());
    }
  }
  sort(is_kept);
  return {missing.begin(), missing.end()};
}

std::optional<std::size_t> Commits::place_of(const ObjectId& id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end() || places_[found->second] == kNowhere) {
    return std::nullopt;
  }
  return places_[found->second];
}

void Commits::sort(const std::vector<bool>& is_kept) {
  std::vector<std::vector<std::uint32_t>> children(all_.size());
  std::vector<std::uint32_t> waits_for(all_.size());
  const auto for_each_parent = [&](std::uint32_t index, const auto& use) {
    for (const ObjectId& parent : all_[index].parents) {
      const auto found = by_id_.find(parent);
      if (found != by_id_.end() && is_kept[found->second]) use(found->second);
    }
  };
  using Waiting = std::pair<std::int64_t, std::uint32_t>;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> ready;
  for (std::uint32_t i = 0; i < all_.size(); ++i) {
    if (!is_kept[i]) continue;
    for_each_parent(i, [&](std::uint32_t parent) {
      children[parent].push_back(i);
      ++waits_for[i];
    });
    if (waits_for[i] == 0) ready.emplace(all_[i].committed, i);
  }
  order_.clear();
  places_.assign(all_.size(), kNowhere);
  while (!ready.empty()) {
    const std::uint32_t index = ready.top().second;
    ready.pop();
    places_[index] = static_cast<std::uint32_t>(order_.size());
    order_.push_back(index);
    for (const std::uint32_t child : children[index]) {
      if (--waits_for[child] == 0) ready.emplace(all_[child].committed, child);
    }
  }
  parents_.assign(order_.size(), {});
  for (std::size_t place = 0; place < order_.size(); ++place) {
    for_each_parent(order_[place], [&](std::uint32_t parent) {
      parents_[place].push_back(places_[parent]);
    });
  }
}

}  // namespace overreach
