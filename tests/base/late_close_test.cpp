#include "scanner/base/late_close.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace overreach {
namespace {

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

std::ptrdiff_t count_open(const std::vector<int>& descriptors) {
  return std::count_if(descriptors.begin(), descriptors.end(), is_open);
}

std::vector<int> open_many(int count) {
  std::vector<int> all;
  for (int i = 0; i < count; ++i) {
    all.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    EXPECT_GE(all.back(), 0);
  }
  return all;
}

TEST(LateClose, AtOnceWhereNothingIsSaid) {
  for (const int descriptor : open_many(3)) {
    close_late(descriptor);
    EXPECT_FALSE(is_open(descriptor));
  }
}

TEST(LateClose, ClosesThoseAndNoOthers) {
  // Rows and gaps, upwards, downwards, and a number that is used again.
  std::vector<int> ours, theirs;
  for (const int descriptor : open_many(100)) {
    (descriptor % 7 == 3 || descriptor % 11 == 0 ? theirs : ours)
        .push_back(descriptor);
  }
  std::reverse(ours.begin() + 20, ours.begin() + 40);
  {
    const LateClosing closing;
    for (const int descriptor : ours) close_late(descriptor);
    EXPECT_GT(count_open(ours), 0);
    EXPECT_LE(count_open(ours), 16);  // few wait
    close_waiting();
    EXPECT_EQ(count_open(ours), 0);
    const std::vector<int> again = open_many(5);
    for (const int descriptor : again) close_late(descriptor);
    EXPECT_EQ(count_open(again), 5);
    ours.insert(ours.end(), again.begin(), again.end());
  }
  EXPECT_EQ(count_open(ours), 0);
  EXPECT_EQ(count_open(theirs), std::ssize(theirs));
  for (const int descriptor : theirs) ::close(descriptor);
}

TEST(LateClose, EachThreadForItself) {
  const LateClosing closing;
  const std::vector<int> ours = open_many(4);
  close_late(ours[0]);
  std::thread([&] {
    close_waiting();
    EXPECT_TRUE(is_open(ours[0]));
    close_late(ours[1]);
    EXPECT_FALSE(is_open(ours[1]));
    const LateClosing other;
    close_late(ours[2]);
    EXPECT_TRUE(is_open(ours[2]));
  }).join();
  EXPECT_FALSE(is_open(ours[2]));
  EXPECT_TRUE(is_open(ours[0]));
  close_late(ours[3]);
}

}  // namespace
}  // namespace overreach
