// The place of a name, compared with a loop over its characters.

#include "scanner/match/name_place.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/match/matching.h"

namespace overreach {
namespace {

constexpr CharSet kWordCharacters = char_set("A-Za-z0-9_");

NamePlace find_slowly(std::string_view text, std::size_t at) {
  NamePlace place{at, at, at, at};
  const auto may_go_on = [&](std::size_t end) {
    return end < text.size() && end - at < kMaxName;
  };
  while (may_go_on(place.word_end) &&
         kWordCharacters.contains(text[place.word_end])) {
    ++place.word_end;
  }
  while (may_go_on(place.end) && kNameCharacters.contains(text[place.end])) {
    ++place.end;
  }
  while (place.begin > 0 && at - place.begin < kMaxName &&
         kNameCharacters.contains(text[place.begin - 1])) {
    --place.begin;
  }
  return place;
}

void expect_same(const PaddedText& text) {
  for (std::size_t at = 0; at < text.view().size(); ++at) {
    const NamePlace found = find_name_place(text.view(), at);
    const NamePlace wanted = find_slowly(text.view(), at);
    EXPECT_EQ(found.at, at);
    EXPECT_EQ(found.begin, wanted.begin) << at << " in " << text.view();
    EXPECT_EQ(found.end, wanted.end) << at << " in " << text.view();
    EXPECT_EQ(found.word_end, wanted.word_end) << at << " in " << text.view();
  }
}

TEST(NamePlace, IsThatOfALoop) {
  expect_same(PaddedText("db.api_key = 1; $-x.y-z"));
  expect_same(PaddedText("a"));
  expect_same(PaddedText(std::string(300, 'k')));
  expect_same(PaddedText(std::string(100, 'k') + ".-$" + std::string(90, '_')));
}

TEST(NamePlace, EveryByteIsTheOneOrTheOther) {
  for (int c = 0; c < 256; ++c) {
    for (std::size_t before = 0; before < 10; ++before) {
      expect_same(PaddedText(std::string(before, 'a') + static_cast<char>(c) +
                             "token_9"));
    }
  }
}

TEST(NamePlace, IsThatOfALoopInRandomText) {
  std::mt19937 random(7);
  constexpr std::string_view kCharacters = "aZ09_.$-az09 =(\xc3\x80@[`{/:";
  for (int i = 0; i < 200; ++i) {
    std::string text(1 + random() % 200, ' ');
    const std::size_t kinds = i % 2 == 0 ? kCharacters.size() : 12;
    for (char& c : text) c = kCharacters[random() % kinds];
    expect_same(PaddedText(text));
  }
}

// What stands behind the text is none of it.
TEST(NamePlace, EndsWithTheText) {
  const std::string all = "tokens" + std::string(kTextPadding, 'x');
  const NamePlace found =
      find_name_place(std::string_view(all).substr(0, 5), 0);
  EXPECT_EQ(found.end, 5u);
  EXPECT_EQ(found.word_end, 5u);
}

}  // namespace
}  // namespace overreach
