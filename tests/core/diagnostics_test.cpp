#include "scanner/core/diagnostics.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace overreach {
namespace {

TEST(Diagnostics, KeepsKindsApart) {
  Diagnostics diagnostics;
  diagnostics.incomplete("b", "cannot be read");
  diagnostics.left_out("a", "larger than 10 MB");
  const auto problems = diagnostics.take();
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].path, "a");
  EXPECT_EQ(problems[0].what, "larger than 10 MB");
  EXPECT_EQ(problems[0].kind, Problem::Kind::left_out);
  EXPECT_EQ(problems[1].kind, Problem::Kind::incomplete);
}

TEST(Diagnostics, SortsByPathAndText) {
  Diagnostics diagnostics;
  diagnostics.incomplete("b", "x");
  diagnostics.incomplete("a", "z");
  diagnostics.incomplete("a", "y");
  diagnostics.incomplete("", "no path");
  std::string order;
  for (const Problem& problem : diagnostics.take()) {
    order += problem.path + ":" + problem.what + " ";
  }
  EXPECT_EQ(order, ":no path a:y a:z b:x ");
}

TEST(Diagnostics, EmptyAfterTake) {
  Diagnostics diagnostics;
  EXPECT_TRUE(diagnostics.take().empty());
  diagnostics.incomplete("a", "x");
  EXPECT_EQ(diagnostics.take().size(), 1u);
  EXPECT_TRUE(diagnostics.take().empty());
}

TEST(Diagnostics, FromSeveralThreads) {
  Diagnostics diagnostics;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&diagnostics, t] {
      for (int i = 0; i < 100; ++i) {
        diagnostics.incomplete(std::to_string(t), std::to_string(i));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto problems = diagnostics.take();
  EXPECT_EQ(problems.size(), 400u);
  EXPECT_EQ(problems.front().path, "0");
  EXPECT_EQ(problems.back().path, "3");
}

}  // namespace
}  // namespace overreach
