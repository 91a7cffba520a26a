#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string_view>
#include <vector>

#include "formatters/formatter.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

TEST(Formats, AreTheOnesOfTheHelp) {
  std::vector<std::string_view> names;
  for (const Format& format : formats()) names.push_back(format.name);
  EXPECT_THAT(names,
              testing::ElementsAre("text", "json", "jsonl", "sarif", "html",
                                   "csv", "junit", "gitlab", "github"));
}

TEST(Formats, EachIsTheSameEveryTime) {
  for (const Format& format : formats()) {
    std::ostringstream once, again;
    format.write(hostile_report(), {}, once);
    format.write(hostile_report(), {}, again);
    EXPECT_EQ(once.str(), again.str()) << format.name;
  }
}

// A full disk or a closed pipe is the caller's to see.
TEST(Formats, ErrorsStayInTheStream) {
  for (const Format& format : formats()) {
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    format.write(realistic_report(), {}, out);
    EXPECT_TRUE(out.bad()) << format.name;
  }
}

}  // namespace
}  // namespace overreach
