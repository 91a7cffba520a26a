// The vector pass against the same one byte at a time.

#include "scanner/match/runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/match/mixed_runs.h"
#include "scanner/match/shape_index.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

using Places = std::vector<std::uint32_t>;

Places all_of(const Offsets& offsets) {
  return {offsets.list().begin(), offsets.list().end()};
}

// Those of the built-in rules.
const RunTables& rule_tables() {
  static const ShapeIndex index(all_rules());
  return index.run_tables();
}

// Every run is opened, and a token may begin with anything.
const RunTables& open_tables() {
  static const RunTables tables = [] {
    RunTables all;
    for (std::size_t byte = 0; byte < 256; ++byte) {
      all.opener.add(byte, 1);
      for (ByteTable& table : all.front) table.add(byte, 1);
    }
    return all;
  }();
  return tables;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> runs_of(
    const Marks& marks) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> runs;
  for (const std::uint32_t begin : marks.opened.list()) {
    const Run run = marks.run_from(begin);
    runs.emplace_back(run.begin, run.end);
  }
  return runs;
}

// How tables are looked up, which is up to the instruction set.
using LookUp = unsigned (*)(const ByteTable& table, unsigned char byte);
unsigned by_whole(const ByteTable& table, unsigned char byte) {
  return table.whole[byte];
}
unsigned by_seven_bits(const ByteTable& table, unsigned char byte) {
  return table.whole[byte & 127u];
}
unsigned by_halves(const ByteTable& table, unsigned char byte) {
  return table.low[byte & 15u] & table.high[byte >> 4];
}

// Those of the places at which the tables have a bucket in common.
template <std::size_t kCount>
Places that_fit(const Places& places, const char* text,
                const std::array<ByteTable, kCount>& tables, LookUp look_up) {
  Places fitting;
  for (const std::uint32_t at : places) {
    unsigned buckets = 0xff;
    for (std::size_t i = 0; i < kCount; ++i) {
      buckets &= look_up(tables[i], static_cast<unsigned char>(text[at + i]));
    }
    if (buckets != 0) fitting.push_back(at);
  }
  return fitting;
}

constexpr LookUp kLookUps[] = {by_whole, by_seven_bits, by_halves};

// The places are those by one of the look-ups.
template <std::size_t kCount>
void expect_fitting(const Offsets& found, const Places& places,
                    const char* text,
                    const std::array<ByteTable, kCount>& tables) {
  const Places all = all_of(found);
  EXPECT_TRUE(std::any_of(
      std::begin(kLookUps), std::end(kLookUps), [&](LookUp look_up) {
        return all == that_fit(places, text, tables, look_up);
      }));
}

// Those behind an opener, and the chunk's begin.
Places behind_openers(const Places& places, const char* text, LookUp look_up) {
  Places fitting;
  for (const std::uint32_t at : places) {
    if (at == 0 || look_up(rule_tables().opener,
                           static_cast<unsigned char>(text[at - 1]))) {
      fitting.push_back(at);
    }
  }
  return fitting;
}

// Compares text[from, from + size) where it lies: alignment matters.
void expect_same_marks(std::string_view text, std::size_t from,
                       std::size_t size) {
  const PaddedText padded(text);
  const char* const bytes = padded.view().data() + from;
  static const std::vector<FindMarks> kUsable = usable_find_marks();
  static Marks fast, slow, open;  // reused, as in a scan
  find_marks_slowly(bytes, size, rule_tables(), slow);
  find_marks_slowly(bytes, size, open_tables(), open);
  Places everywhere(size);
  std::iota(everywhere.begin(), everywhere.end(), 0u);
  for (std::size_t i = 0; i < kUsable.size(); ++i) {
    SCOPED_TRACE(std::to_string(i) + ": " +
                 std::string(text.substr(from, size)) + " from " +
                 std::to_string(from));
    kUsable[i](bytes, size, open_tables(), fast);
    ASSERT_EQ(runs_of(fast), runs_of(open));
    ASSERT_EQ(all_of(fast.starts), all_of(open.starts));
    kUsable[i](bytes, size, rule_tables(), fast);
    ASSERT_EQ(all_of(fast.mixed), all_of(slow.mixed));
    // No look-up opens more than seven bits do, and that of halves is exact.
    const Places all_opened = all_of(open.opened);
    ASSERT_EQ(all_of(slow.opened),
              behind_openers(all_opened, bytes, by_halves));
    ASSERT_THAT(
        all_of(fast.opened),
        testing::AnyOf(all_of(slow.opened),
                       behind_openers(all_opened, bytes, by_seven_bits)));
    expect_fitting(fast.starts, all_of(open.starts), bytes,
                   rule_tables().front);
    expect_fitting(fast.words, everywhere, bytes, kWordTables);
    for (std::size_t at = 0; at < size; at += 64) {
      ASSERT_EQ(fast.digit.from(at), slow.digit.from(at)) << at;
      ASSERT_EQ(fast.separator.from(at), slow.separator.from(at)) << at;
    }
  }
}

// By both look-ups, in either case.
TEST(WordTables, EveryWordFits) {
  for (const WordStart& word : kWordStarts) {
    std::string lower(word.text), upper;
    std::replace(lower.begin(), lower.end(), '?', '~');
    for (const char c : lower) {
      upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    for (const std::string& text : {lower, upper}) {
      for (const LookUp look_up : kLookUps) {
        EXPECT_EQ(that_fit({0}, text.data(), kWordTables, look_up), Places{0})
            << text;
      }
    }
  }
}

std::string any_bytes(TestRandom& random, std::size_t size) {
  std::string text;
  while (text.size() < size) text += static_cast<char>(random.below(256));
  return text;
}

// Long runs, short ones, words of the literal set in either case.
std::string real_looking(TestRandom& random, std::size_t size) {
  constexpr std::string_view kPieces[] = {
      "password", "Token=", "http://",     " ",      "\n",  "ghp_",
      "curl -u ", "SECRET", "-----BEGIN ", "\"",     ": ",  "IDENTIFIED BY ",
      "$9$",      "key",    "Basic ",      "login(", "kty", "jdbc:",
      "\xc3\xa4", "mysql ", "(",           ")"};
  std::string text;
  while (text.size() < size) {
    if (random.below(3) == 0) {
      text += random.text(kBase62, random.below(40));
    } else {
      text += kPieces[random.below(std::size(kPieces))];
    }
  }
  text.resize(size);
  return text;
}

TEST(FindMarks, EverySizeAndAlignment) {
  TestRandom random(1);
  const std::string bytes = any_bytes(random, 500);
  const std::string words = real_looking(random, 500);
  const std::string one_run(500, 'a');
  for (const std::string& text : {bytes, words, one_run}) {
    for (std::size_t size = 0; size <= 200; ++size) {
      for (const std::size_t from : {0, 1, 15, 16, 31, 63, 64, 65}) {
        expect_same_marks(text, from, size);
      }
    }
    for (std::size_t from = 0; from <= 200; ++from) {
      expect_same_marks(text, from, 128);
    }
  }
}

TEST(FindMarks, RandomTexts) {
  TestRandom random(2);
  for (int i = 0; i < 500; ++i) {
    const std::size_t size = random.below(3000);
    expect_same_marks(any_bytes(random, size), 0, size);
    expect_same_marks(real_looking(random, size), 0, size);
  }
}

TEST(FindMarks, WholeChunks) {
  TestRandom random(3);
  for (const std::size_t size : {65535u, 65536u, 65537u, 200000u}) {
    expect_same_marks(real_looking(random, size), 0, size);
  }
}

TEST(FindMarks, RunsOfEveryLengthAtEveryPlace) {
  for (std::size_t length = 1; length <= 140; ++length) {
    for (std::size_t from = 0; from < 70; ++from) {
      const std::string text =
          std::string(from, ' ') + std::string(length, 'x') + " ";
      const PaddedText padded(text);
      Marks marks;
      find_marks(padded.view().data(), text.size(), open_tables(), marks);
      if (length < kMinRun) {
        ASSERT_TRUE(runs_of(marks).empty()) << length << " at " << from;
        continue;
      }
      ASSERT_EQ(runs_of(marks).size(), 1u) << length << " at " << from;
      ASSERT_EQ(runs_of(marks)[0].first, from);
      ASSERT_EQ(runs_of(marks)[0].second, from + length);
    }
  }
}

// What lies behind the text must not show.
TEST(FindMarks, IgnoresThePadding) {
  for (std::size_t size = 0; size <= 130; ++size) {
    const PaddedText zeros(std::string(size, 'k'));
    const PaddedText letters(std::string(size, 'k'), 'k');
    Marks a, b;
    find_marks(zeros.view().data(), size, open_tables(), a);
    find_marks(letters.view().data(), size, open_tables(), b);
    ASSERT_EQ(runs_of(a), runs_of(b)) << size;
    for (const auto& run : runs_of(b)) ASSERT_LE(run.second, size);
    for (const std::uint32_t word : b.words.list()) ASSERT_LT(word, size);
  }
}

TEST(FindMarks, EveryCharacterOfARun) {
  constexpr std::string_view kRun =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_+/=.~-";
  for (int c = 0; c < 256; ++c) {
    const std::string text(20, static_cast<char>(c));
    const PaddedText padded(text);
    Marks marks;
    find_marks(padded.view().data(), text.size(), open_tables(), marks);
    const bool is_run = c != 0 && kRun.find(static_cast<char>(c)) != kRun.npos;
    EXPECT_EQ(runs_of(marks).size(), is_run ? 1u : 0u) << c;
  }
}

// What has_mixed_stretch() takes for generated, at every place in a block.
TEST(FindMarks, EveryMixedRunHasAMark) {
  TestRandom random(4);
  std::size_t mixed = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text(random.below(70), ' ');
    while (text.size() < 300) {
      text += random.text("abcX0123", random.below(40));
      text += "_-. \n/="[random.below(7)];
    }
    const PaddedText padded(text);
    Marks marks;
    find_marks(padded.view().data(), text.size(), open_tables(), marks);
    for (const std::uint32_t begin : marks.opened.list()) {
      const auto run = marks.run_from(begin);
      if (!has_mixed_stretch(marks, run)) continue;
      ++mixed;
      const Places places = all_of(marks.mixed);
      const auto at = std::lower_bound(places.begin(), places.end(), run.begin);
      ASSERT_TRUE(at != places.end() && *at < run.end) << text;
      const auto around = marks.run_around(*at);
      ASSERT_EQ(around.begin, run.begin);
      ASSERT_EQ(around.end, run.end);
    }
  }
  EXPECT_GT(mixed, 1000u);
}

TEST(FindMarks, WhatOpensARun) {
  RunTables tables = open_tables();
  tables.opener = ByteTable();
  tables.opener.add('"', 1);
  const std::string run(20, 'x');
  // The first may be opened by what is before the chunk.
  const PaddedText padded(run + " " + run + "\"" + run + "'" + run);
  Marks marks;
  for (int round = 0; round < 2; ++round) {
    find_marks(padded.view().data(), padded.view().size(), tables, marks);
    EXPECT_EQ(all_of(marks.opened), (Places{0, 42}));
  }
}

TEST(Bitmap, BitsCrossBlocks) {
  const PaddedText padded(std::string(60, 'a') + "12345678" +
                          std::string(60, 'b'));
  Marks marks;
  find_marks(padded.view().data(), padded.view().size(), open_tables(), marks);
  EXPECT_EQ(marks.digit.from(60), 0xffu);
  EXPECT_EQ(marks.digit.from(64), 0xfu);
  EXPECT_EQ(marks.digit.from(0), 0xf000000000000000u);
}

}  // namespace
}  // namespace overreach
