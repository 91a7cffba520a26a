#include "formatters/numbers.h"

#include <gtest/gtest.h>

#include <limits>

namespace overreach {
namespace {

TEST(Numbers, Grouped) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Numbers, Counted) {
  EXPECT_EQ(counted(0, "file"), "0 files");
  EXPECT_EQ(counted(1, "file"), "1 file");
  EXPECT_EQ(counted(78579, "file"), "78,579 files");
}

TEST(Numbers, Sizes) {
  EXPECT_EQ(size_text(1), "1 byte");
  EXPECT_EQ(size_text(999), "999 bytes");
  EXPECT_EQ(size_text(1000), "1.00 kB");
  EXPECT_EQ(size_text(18312345), "18.3 MB");
  EXPECT_EQ(size_text(1300000000), "1.30 GB");
  EXPECT_EQ(size_text(999499), "999 kB");
  EXPECT_EQ(size_text(999999), "1.00 MB");
  EXPECT_EQ(size_text(std::numeric_limits<std::uint64_t>::max()), "18.4 EB");
}

TEST(Numbers, Durations) {
  EXPECT_EQ(duration_text(0), "0.00 s");
  EXPECT_EQ(duration_text(0.041), "0.04 s");
  EXPECT_EQ(duration_text(0.61), "0.6 s");
  EXPECT_EQ(duration_text(99.9), "99.9 s");
  EXPECT_EQ(duration_text(725), "12 min 5 s");
  EXPECT_EQ(duration_text(std::numeric_limits<double>::quiet_NaN()), "0.00 s");
}

}  // namespace
}  // namespace overreach
