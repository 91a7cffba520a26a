#include "scanner/syntax/word_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace overreach {
namespace {

std::size_t find_slowly(const std::vector<std::string_view>& words,
                        std::string_view text, std::size_t from) {
  std::size_t first = text.npos;
  for (const std::string_view word : words) {
    first = std::min(first, text.find(word, from));
  }
  return first;
}

TEST(WordSearch, FindsTheFirstWordWhereverBlocksEnd) {
  const std::vector<std::string_view> words = {"production", "env(", "prod",
                                               ".env"};
  const WordSearch search(words);
  for (const std::string_view word : words) {
    for (std::size_t before = 0; before < 140; ++before) {
      for (const std::size_t behind : {0, 1, 2, 70}) {
        const std::string text = std::string(before, 'p') + std::string(word) +
                                 std::string(behind, 'e');
        EXPECT_EQ(search.find(text), find_slowly(words, text, 0)) << text;
      }
    }
  }
}

TEST(WordSearch, AgreesWithTheSlowWayOnRandomText) {
  // Nine beginnings: one bucket has two of them.
  const std::vector<std::string_view> words = {
      "abc", "bca", "caba", "dab", "dbb", "cdd", "ddd", "aad", "bbbb", "ad"};
  const WordSearch search(words);
  std::mt19937 random(6);
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 300, ' ');
    for (char& c : text) {
      const auto choice = random() % 6;
      c = choice < 4 ? static_cast<char>('a' + choice) : '-';
    }
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t found = search.find(text, from);
      ASSERT_EQ(found, find_slowly(words, text, from)) << text;
      if (found == text.npos) break;
      from = found + 1;
    }
  }
}

TEST(WordSearch, NothingIsInShortTexts) {
  const std::vector<std::string_view> words = {"abc", "bcde"};
  const WordSearch search(words);
  EXPECT_FALSE(search.is_in(""));
  EXPECT_FALSE(search.is_in("ab"));
  EXPECT_TRUE(search.is_in("abc"));
  EXPECT_TRUE(search.is_in("xabc"));
  EXPECT_FALSE(search.is_in("bcd"));
}

}  // namespace
}  // namespace overreach
