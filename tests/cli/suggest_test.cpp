#include "scanner/cli/suggest.h"

#include <gtest/gtest.h>

#include <string>

namespace overreach {
namespace {

TEST(Suggest, WhatIsNear) {
  const std::vector<std::string> known = {"scan", "rules", "completion"};
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"scna", "scan"},
      {"san", "scan"},
      {"scann", "scan"},
      {"rule", "rules"},
      {"scan", "scan"},
      {"complete", "completion"},
      {"frobnicate", ""},
      {"x", ""},
      {"", ""},
      {"--help", ""},
      {std::string_view("scan\0", 5), "scan"},
  };
  for (const auto& [word, expected] : cases) {
    EXPECT_EQ(nearest(word, known), expected) << word;
  }
  EXPECT_EQ(nearest(std::string(1000, 's'), known), "");
  EXPECT_EQ(nearest("scan", {}), "");
}

TEST(Suggest, Message) {
  EXPECT_EQ(unknown_command("scna", {"scan", "rules"}),
            "unknown command scna; did you mean scan? (commands: scan, rules)");
  EXPECT_EQ(unknown_command("zzzz", {"scan", "rules"}),
            "unknown command zzzz (commands: scan, rules)");
}

}  // namespace
}  // namespace overreach
