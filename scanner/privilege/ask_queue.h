// Whose turn it is to be asked: the credentials of many providers side by side,
// those of one provider a few at a time, so that no provider gets a rush of
// requests and none that is slow holds the others up.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace overreach {

// Filled by one thread, then emptied by several.
class AskQueue {
 public:
  explicit AskQueue(std::size_t most_per_group) : most_(most_per_group) {}

  // `group` is any number that all credentials of one provider share.
  void add(std::size_t group, std::size_t item);

  // How many can be worked on at the same time.
  std::size_t width() const;

  struct Turn {
    std::size_t group, item;
  };
  // Waits while every group that has items left has its most under work.
  // Nothing when no item is left.  Each turn must be given back by done().
  std::optional<Turn> next();
  void done(const Turn& turn);

 private:
  struct Group {
    std::deque<std::size_t> items;
    std::size_t active = 0;
  };
  // Of the groups that may have a turn the one with most items; null for none.
  Group* fullest(std::size_t& number);

  const std::size_t most_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable freed_;
  std::vector<Group> groups_;
  std::size_t left_ = 0;
};

}  // namespace overreach
