#include "scanner/history/name_table.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <string>

namespace overreach {
namespace {

TEST(NameTable, FindsWhatWasAdded) {
  std::deque<std::string> names;
  NameTable table;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    names.push_back(std::string(i % 23, 'n') + std::to_string(i));
    table.add({&names.back(), NameTable::rank_of(names.back()), i});
  }
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const auto* const row = table.find(names[i], NameTable::rank_of(names[i]));
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->number, i);
  }
  for (const std::string name : {"", "nn", "none", "n5000"}) {
    EXPECT_EQ(table.find(name, NameTable::rank_of(name)), nullptr) << name;
  }
}

TEST(NameTable, NamesOfOneRankAreApart) {
  const std::string first = "first", second = "second";
  NameTable table;
  table.add({&first, 7, 1});
  EXPECT_EQ(table.find(second, 7), nullptr);
  table.add({&second, 7, 2});
  EXPECT_EQ(table.find(first, 7)->number, 1u);
  EXPECT_EQ(table.find(second, 7)->number, 2u);
}

}  // namespace
}  // namespace overreach
