#include "scanner/git/tree_entries.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {
namespace {

TEST(TreeEntries, AModeSaysWhatItIs) {
  struct Case {
    std::string_view mode;
    bool is_file, is_tree;
  };
  for (const Case& c : std::vector<Case>{{"100644", true, false},
                                         {"100755", true, false},
                                         {"100664", true, false},
                                         {"120000", true, false},
                                         {"160000", false, false},
                                         {"40000", false, true},
                                         {"040000", false, true},
                                         {"4000", false, false},
                                         {"1", false, false}}) {
    const std::string bytes =
        std::string(c.mode) + " name" + '\0' + std::string(20, 'i');
    const auto entry = read_tree_entry(bytes, 20);
    ASSERT_TRUE(entry) << c.mode;
    EXPECT_EQ(entry->is_file, c.is_file) << c.mode;
    EXPECT_EQ(entry->is_tree, c.is_tree) << c.mode;
    EXPECT_EQ(entry->name, "name");
    EXPECT_EQ(entry->id, std::string(20, 'i'));
  }
  for (const std::string_view bad : {"", "1", "100644", "12345678 name"}) {
    EXPECT_FALSE(read_tree_entry(bad, 20)) << bad;
  }
}

// However unevenly the bounds stand.
TEST(TreeEntries, ABoundIsFoundWhereASearchFindsIt) {
  for (const std::size_t count : {0, 1, 2, 9, 70, 1000}) {
    for (const std::uint32_t step : {1, 30, 400}) {
      std::vector<std::uint32_t> bounds;
      std::uint32_t at = 0;
      for (std::size_t i = 0; i < count; ++i) {
        bounds.push_back(at);
        at += i * 3 < count ? step : 7;
      }
      for (std::uint32_t value = 0; value < at + 3; value += 1 + step / 9) {
        const auto found =
            std::lower_bound(bounds.begin(), bounds.end(), value);
        ASSERT_EQ(find_bound(bounds, value),
                  static_cast<std::size_t>(found - bounds.begin()))
            << count << " bounds, " << value;
      }
    }
  }
}

}  // namespace
}  // namespace overreach
