#include "scanner/base/radix_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <utility>

namespace overreach {
namespace {

using Pairs = std::vector<std::pair<std::uint64_t, std::uint32_t>>;

Pairs sorted(const std::vector<std::uint64_t>& keys) {
  std::vector<Keyed> rows;
  for (const std::uint64_t key : keys) {
    rows.push_back({key, static_cast<std::uint32_t>(rows.size())});
  }
  radix_sort(rows);
  Pairs pairs;
  for (const Keyed& row : rows) pairs.emplace_back(row.key, row.value);
  return pairs;
}

TEST(RadixSort, NothingAndOne) {
  EXPECT_EQ(sorted({}), Pairs());
  EXPECT_EQ(sorted({7}), (Pairs{{7, 0}}));
}

TEST(RadixSort, OfOneKeyTheFirstComesFirst) {
  EXPECT_EQ(sorted({5, 3, 5, 3}), (Pairs{{3, 1}, {3, 3}, {5, 0}, {5, 2}}));
}

TEST(RadixSort, KeysThatDifferInTheirHighestBitOnly) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(sorted({kMost, kMost >> 1, 0}),
            (Pairs{{0, 2}, {kMost >> 1, 1}, {kMost, 0}}));
}

TEST(RadixSort, AsAStableSort) {
  std::mt19937_64 random(1);
  for (const unsigned bits : {1u, 11u, 12u, 33u, 64u}) {
    std::vector<std::uint64_t> keys(3000);
    for (std::uint64_t& key : keys) key = random() >> (64 - bits);
    Pairs expected;
    for (const std::uint64_t key : keys) {
      expected.emplace_back(key, static_cast<std::uint32_t>(expected.size()));
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(sorted(keys), expected) << bits;
  }
}

}  // namespace
}  // namespace overreach
