#include "scanner/match/front_buckets.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>
#include <vector>

#include "tests/match/matching.h"

namespace overreach {
namespace {

bool passes(const std::array<ByteTable, 3>& tables, const Front3& front) {
  unsigned buckets = 0xff;
  for (std::size_t i = 0; i < front.size(); ++i) {
    buckets &= tables[i].whole[static_cast<unsigned char>(front[i])];
  }
  return buckets != 0;
}

// The same where bytes are looked up by their halves.
bool passes_by_halves(const std::array<ByteTable, 3>& tables,
                      const Front3& front) {
  unsigned buckets = 0xff;
  for (std::size_t i = 0; i < front.size(); ++i) {
    const auto byte = static_cast<unsigned char>(front[i]);
    buckets &= tables[i].low[byte & 15u] & tables[i].high[byte >> 4];
  }
  return buckets != 0;
}

std::size_t count_passing(const std::array<ByteTable, 3>& tables) {
  std::size_t count = 0;
  for (const char a : kBase62) {
    for (const char b : kBase62) {
      for (const char c : kBase62) count += passes(tables, {a, b, c});
    }
  }
  return count;
}

TEST(FrontBuckets, EveryFrontPasses) {
  TestRandom random(1);
  for (const std::size_t count : {0, 1, 8, 9, 100, 500}) {
    std::vector<Front3> fronts;
    while (fronts.size() < count) {
      const std::string text = random.text(kBase62, 3);
      fronts.push_back({text[0], text[1], text[2]});
    }
    const auto tables = spread_fronts(fronts);
    for (const Front3& front : fronts) {
      EXPECT_TRUE(passes(tables, front));
      EXPECT_TRUE(passes_by_halves(tables, front));
    }
    if (count <= 1) {
      EXPECT_EQ(count_passing(tables), count);
    }
  }
}

TEST(FrontBuckets, AFewFrontsKeepToThemselves) {
  const std::vector<Front3> fronts = {{'g', 'h', 'p'},
                                      {'s', 'k', '_'},
                                      {'A', 'K', 'I'},
                                      {'x', 'o', 'x'},
                                      {'g', 'h', 'o'}};
  // Each has a bucket, or shares one with its like.
  EXPECT_LE(count_passing(spread_fronts(fronts)), 5u);
}

}  // namespace
}  // namespace overreach
