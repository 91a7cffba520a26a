#include "scanner/privilege/ask_queue.h"

#include <algorithm>

namespace overreach {

void AskQueue::add(std::size_t group, std::size_t item) {
  if (group >= groups_.size()) groups_.resize(group + 1);
  groups_[group].items.push_back(item);
  ++left_;
}

std::size_t AskQueue::width() const {
  std::size_t width = 0;
  for (const Group& group : groups_) {
    width += std::min(group.items.size(), most_);
  }
  return width;
}

AskQueue::Group* AskQueue::fullest(std::size_t& number) {
  Group* best = nullptr;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    Group& group = groups_[i];
    if (group.items.empty() || group.active == most_) continue;
    if (best && group.items.size() <= best->items.size()) continue;
    best = &group;
    number = i;
  }
  return best;
}

std::optional<AskQueue::Turn> AskQueue::next() {
  std::unique_lock lock(mutex_);
  Turn turn{};
  Group* group = nullptr;
  freed_.wait(lock, [&] {
    return left_ == 0 || (group = fullest(turn.group)) != nullptr;
  });
  if (left_ == 0) return std::nullopt;
  turn.item = group->items.front();
  group->items.pop_front();
  ++group->active;
  if (--left_ == 0) freed_.notify_all();
  return turn;
}

void AskQueue::done(const Turn& turn) {
  const std::lock_guard lock(mutex_);
  --groups_[turn.group].active;
  freed_.notify_one();
}

}  // namespace overreach
