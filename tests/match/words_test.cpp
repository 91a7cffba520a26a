// Confirmed words against the list of them, one place after another.

#include "scanner/match/words.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/match/runs.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

// Every place and what is found there.
std::vector<std::pair<std::uint32_t, Word>> words_in(std::string_view text,
                                                     std::size_t base = 0) {
  const PaddedText padded(text, 'p');  // must not be taken for text
  std::vector<std::uint32_t> places;
  for (std::size_t i = base; i < text.size(); ++i) {
    places.push_back(static_cast<std::uint32_t>(i - base));
  }
  std::vector<WordHit> room;
  const auto hits = confirm_words(padded.view(), base, places, room);
  std::vector<std::pair<std::uint32_t, Word>> words;
  for (const WordHit& hit : hits) words.emplace_back(hit.at, hit.word);
  return words;
}

using Found = std::vector<std::pair<std::uint32_t, Word>>;

struct Sample {
  std::string_view text;
  Word word;
};
constexpr Sample kSamples[] = {
    {"pass", Word::name},      {"pwd", Word::name},
    {"psw", Word::name},       {"psk", Word::name},
    {"secret", Word::name},    {"salt", Word::name},
    {"seed", Word::name},      {"cred", Word::name},
    {"token", Word::name},     {"auth", Word::name},
    {"key", Word::name},       {"mnemonic", Word::name},
    {"cookie", Word::name},    {"ndpw", Word::name},
    {"otpw", Word::name},      {"securestring", Word::secure},
    {"kty", Word::jwk},        {"--begin", Word::pem},
    {"://", Word::url},        {"identified", Word::sql},
    {"curl", Word::command},   {"mysql", Word::command},
    {"psexec", Word::command}, {"basic ", Word::scheme},
    {"bearer ", Word::scheme}, {"login", Word::call},
    {"ser(", Word::call},      {"ind(", Word::call},
    {"jdbc:", Word::jdbc},     {"$9$", Word::junos},
    {" -u ", Word::flags},     {"mmunity", Word::snmp},
    {"@tcp(", Word::dsn},
};

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

TEST(ConfirmWords, EachInEitherCase) {
  for (const auto& [text, word] : kSamples) {
    EXPECT_EQ(words_in(text), (Found{{0, word}})) << text;
    EXPECT_EQ(words_in(upper_case(text)), (Found{{0, word}})) << text;
  }
  EXPECT_EQ(std::size(kSamples), kWordStarts.size());
}

TEST(ConfirmWords, NotCutByTheEndOfTheText) {
  for (const auto& [text, word] : kSamples) {
    for (std::size_t size = 0; size < text.size(); ++size) {
      EXPECT_TRUE(words_in(text.substr(0, size)).empty()) << text;
    }
  }
}

TEST(ConfirmWords, AnotherCharacterAnywhereIsAnotherWord) {
  for (const auto& [text, word] : kSamples) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string other(text);
      other[i] = '\x01';
      for (const auto& [at, found] : words_in(other)) {
        EXPECT_FALSE(at == 0 && found == word) << other;
      }
      // Differs from a letter by the bit of its case, and is none.
      other = text;
      other[i] = static_cast<char>(other[i] ^ 0x20);
      const bool is_letter = lower_letter(other[i]) == text[i];
      EXPECT_EQ(words_in(other) == (Found{{0, word}}), is_letter) << other;
    }
  }
}

TEST(ConfirmWords, OffsetsCountFromTheChunk) {
  EXPECT_EQ(words_in("xx key identifier Identified", 3),
            (Found{{0, Word::name}, {15, Word::sql}}));
}

// Every sample is seen by the pass too: its start is among kWordStarts.
TEST(ConfirmWords, ThePassNamesThePlaces) {
  for (const auto& [text, word] : kSamples) {
    const PaddedText padded(text);
    Marks marks;
    find_marks(padded.view().data(), text.size(), RunTables(), marks);
    std::vector<WordHit> room;
    const auto hits = confirm_words(padded.view(), 0, marks.words.list(), room);
    ASSERT_EQ(hits.size(), 1u) << text;
    EXPECT_EQ(hits[0].word, word) << text;
  }
}

}  // namespace
}  // namespace overreach
