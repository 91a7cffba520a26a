#include "scanner/base/word_list.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

TEST(IsListed, WholeWordsOnly) {
  constexpr std::string_view kList = " psql mysql redis-cli ";
  for (const char* const word : {"psql", "mysql", "redis-cli"}) {
    EXPECT_TRUE(is_listed(kList, word)) << word;
  }
  for (const char* const word :
       {"", " ", "sql", "psq", "redis", "psql mysql", "psql ", "mongosh"}) {
    EXPECT_FALSE(is_listed(kList, word)) << word;
  }
  EXPECT_TRUE(is_listed(" aa a ", "a"));
  EXPECT_FALSE(is_listed("", "a"));
}

}  // namespace
}  // namespace overreach
