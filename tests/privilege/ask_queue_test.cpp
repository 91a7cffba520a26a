#include "scanner/privilege/ask_queue.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

namespace overreach {
namespace {

TEST(AskQueue, TheFullestGroupComesFirst) {
  AskQueue queue(1);
  for (const auto& [group, item] :
       std::vector<std::pair<std::size_t, std::size_t>>{
           {0, 10}, {1, 11}, {1, 12}, {2, 13}}) {
    queue.add(group, item);
  }
  EXPECT_EQ(queue.width(), 3u);
  std::vector<AskQueue::Turn> turns;
  std::vector<std::size_t> items;
  for (int i = 0; i < 3; ++i) {
    turns.push_back(queue.next().value());
    items.push_back(turns.back().item);
  }
  EXPECT_EQ(items, (std::vector<std::size_t>{11, 10, 13}));
  queue.done(turns[0]);
  EXPECT_EQ(queue.next().value().item, 12u);
  EXPECT_FALSE(queue.next());
}

TEST(AskQueue, NothingIsLeftToDo) {
  AskQueue queue(2);
  EXPECT_EQ(queue.width(), 0u);
  EXPECT_FALSE(queue.next());
}

TEST(AskQueue, ManyThreadsGetEachItemOnceAndNoGroupTooOften) {
  constexpr std::size_t kGroups = 5, kItems = 400, kMost = 2;
  AskQueue queue(kMost);
  for (std::size_t i = 0; i < kItems; ++i) queue.add(i * i % kGroups, i);
  std::array<std::atomic<std::size_t>, kGroups> active{};
  std::array<std::atomic<int>, kItems> seen{};
  std::atomic<bool> too_often = false;
  const auto work = [&] {
    while (const auto turn = queue.next()) {
      if (++active[turn->group] > kMost) too_often = true;
      ++seen[turn->item];
      std::this_thread::yield();
      --active[turn->group];
      queue.done(*turn);
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back(work);
  }
  EXPECT_FALSE(too_often);
  for (const auto& count : seen) EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace overreach
