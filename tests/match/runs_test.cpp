// The vector pass against the same one byte at a time.

#include "scanner/match/runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/match/matching.h"

namespace overreach {
namespace {

std::vector<std::pair<std::uint32_t, std::uint32_t>> runs_of(
    const Marks& marks) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> runs;
  for (const std::uint32_t begin : marks.begins.list()) {
    runs.emplace_back(begin, marks.run_from(begin).end);
  }
  return runs;
}

std::vector<std::uint32_t> all_of(const Offsets& offsets) {
  return {offsets.list().begin(), offsets.list().end()};
}

// Compares text[from, from + size) where it lies: alignment matters.
void expect_same_marks(std::string_view text, std::size_t from,
                       std::size_t size) {
  const PaddedText padded(text);
  const char* const bytes = padded.view().data() + from;
  static const std::vector<FindMarks> kUsable = usable_find_marks();
  static Marks fast, slow;  // reused, as in a scan
  find_marks_slowly(bytes, size, slow);
  for (std::size_t i = 0; i < kUsable.size(); ++i) {
    SCOPED_TRACE(std::to_string(i) + ": " +
                 std::string(text.substr(from, size)) + " from " +
                 std::to_string(from));
    kUsable[i](bytes, size, fast);
    ASSERT_EQ(runs_of(fast), runs_of(slow));
    ASSERT_EQ(all_of(fast.starts), all_of(slow.starts));
    ASSERT_EQ(all_of(fast.words), all_of(slow.words));
    for (std::size_t at = 0; at < size; at += 64) {
      ASSERT_EQ(fast.digit.from(at), slow.digit.from(at)) << at;
      ASSERT_EQ(fast.separator.from(at), slow.separator.from(at)) << at;
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
      find_marks(padded.view().data(), text.size(), marks);
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
    find_marks(zeros.view().data(), size, a);
    find_marks(letters.view().data(), size, b);
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
    find_marks(padded.view().data(), text.size(), marks);
    const bool is_run = c != 0 && kRun.find(static_cast<char>(c)) != kRun.npos;
    EXPECT_EQ(runs_of(marks).size(), is_run ? 1u : 0u) << c;
  }
}

TEST(Bitmap, BitsCrossBlocks) {
  const PaddedText padded(std::string(60, 'a') + "12345678" +
                          std::string(60, 'b'));
  Marks marks;
  find_marks(padded.view().data(), padded.view().size(), marks);
  EXPECT_EQ(marks.digit.from(60), 0xffu);
  EXPECT_EQ(marks.digit.from(64), 0xfu);
  EXPECT_EQ(marks.digit.from(0), 0xf000000000000000u);
}

}  // namespace
}  // namespace overreach
