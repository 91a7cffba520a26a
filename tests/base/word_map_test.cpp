#include "scanner/base/word_map.h"

#include <gtest/gtest.h>

#include <string>

namespace overreach {
namespace {

constexpr WordMap kNumbers(std::to_array<WordMeaning<int>>({
    {"one", 1},
    {"once", 1},
    {"two", 2},
    {"a word that is longer than others", 3},
    {"\xc3\xa4", 4},
}));

constexpr WordSet kLetters(std::to_array<std::string_view>({"a", "b", "ab"}));

TEST(WordMap, FindsWhatIsListed) {
  for (const auto& [word, number] :
       {WordMeaning<int>{"one", 1},
        {"once", 1},
        {"two", 2},
        {"\xc3\xa4", 4},
        {"a word that is longer than others", 3}}) {
    const int* const found = kNumbers.find(word);
    ASSERT_NE(found, nullptr) << word;
    EXPECT_EQ(*found, number) << word;
  }
}

// The same first and last character and length, or all but one of them.
TEST(WordMap, FindsNothingElse) {
  for (const std::string_view word :
       {"", "o", "on", "onne", "ore", "One", "tw", "twoo", "a word",
        "a word that is Longer than others", "\xc3"}) {
    EXPECT_EQ(kNumbers.find(word), nullptr) << word;
  }
}

TEST(WordMap, ComparesWholeWordsWhateverTheirLength) {
  // Lengths are remembered modulo 32.
  const std::string longer = "o" + std::string(33, 'n') + "e";
  EXPECT_EQ(kNumbers.find(longer), nullptr);
}

TEST(WordSet, ContainsWhatIsListed) {
  EXPECT_TRUE(kLetters.contains("a"));
  EXPECT_TRUE(kLetters.contains("ab"));
  EXPECT_FALSE(kLetters.contains("ba"));
  EXPECT_FALSE(kLetters.contains(""));
}

}  // namespace
}  // namespace overreach
