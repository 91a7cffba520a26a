#include "scanner/git/delta.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/git/pack_writer.h"

namespace overreach {
namespace {

struct Applied {
  std::string bytes;
  std::vector<Copied> copies;
  std::string error;
};

Applied applied(const std::string& base, const std::string& bytes) {
  Applied result;
  const auto delta = parse_delta(bytes);
  if (!delta) return {"", {}, delta.error().text};
  result.bytes.resize(delta->result_size);
  const Status status =
      apply_delta(*delta, base, result.bytes.data(), result.copies);
  if (!status) result.error = status.error().text;
  return result;
}

TEST(Delta, CopiesAndInserts) {
  const std::string base = "hello, world";
  const Applied made =
      applied(base, delta_size(12) + delta_size(14) + delta_copy(7, 5) +
                        delta_insert(" or ") + delta_copy(0, 5));
  EXPECT_EQ(made.error, "");
  EXPECT_EQ(made.bytes, "world or hello");
  ASSERT_EQ(made.copies.size(), 2u);
  EXPECT_EQ(made.copies[0].from, 7u);
  EXPECT_EQ(made.copies[0].to, 0u);
  EXPECT_EQ(made.copies[0].size, 5u);
  EXPECT_EQ(made.copies[1].to, 9u);
}

TEST(Delta, NeighboursAreOneCopy) {
  const Applied made =
      applied("abcdef", delta_size(6) + delta_size(6) + delta_copy(0, 2) +
                            delta_copy(2, 4));
  EXPECT_EQ(made.bytes, "abcdef");
  ASSERT_EQ(made.copies.size(), 1u);
  EXPECT_EQ(made.copies[0].size, 6u);
}

TEST(Delta, ASizeOfZeroIs65536) {
  const std::string base(0x10000 + 300, 'x');
  const Applied made =
      applied(base, delta_size(base.size()) + delta_size(0x10000) +
                        delta_copy(300, 0x10000));
  EXPECT_EQ(made.error, "");
  EXPECT_EQ(made.bytes.size(), 0x10000u);
}

// What is written over the base makes the same object as applying does.
TEST(Delta, OverwritesWhatKeepsItsPlace) {
  const std::string base = "one two three four";
  const struct {
    const char* what;
    std::string bytes;
    bool expected;
  } cases[] = {
      {"one word", delta_copy(0, 4) + delta_insert("TWO") + delta_copy(7, 11),
       true},
      {"both ends",
       delta_insert("ONE") + delta_copy(3, 11) + delta_insert("FOUR"), true},
      {"nothing", delta_copy(0, 18), true},
      {"all of it", delta_insert("ONE TWO THREE FOUR"), true},
      {"moved by one", delta_insert("*") + delta_copy(0, 17), false},
      {"the same again", delta_copy(0, 4) + delta_copy(0, 14), false},
      {"cut off", delta_copy(0, 4) + "\x05x", false},
      {"too short", delta_copy(0, 4), false},
  };
  for (const auto& [what, instructions, expected] : cases) {
    const std::string bytes = delta_size(18) + delta_size(18) + instructions;
    const auto delta = parse_delta(bytes);
    ASSERT_TRUE(delta) << what;
    std::vector<Copied> copies;
    std::vector<Inserted> inserted;
    EXPECT_EQ(only_overwrites(*delta, copies, inserted), expected) << what;
    if (!expected) continue;
    const Applied made = applied(base, bytes);
    std::string written = base;
    for (const Inserted& each : inserted) {
      written.replace(each.to, each.bytes.size(), each.bytes);
    }
    EXPECT_EQ(written, made.bytes) << what;
    ASSERT_EQ(copies.size(), made.copies.size()) << what;
    for (std::size_t i = 0; i < copies.size(); ++i) {
      EXPECT_EQ(copies[i].from, made.copies[i].from) << what;
      EXPECT_EQ(copies[i].to, made.copies[i].to) << what;
      EXPECT_EQ(copies[i].size, made.copies[i].size) << what;
    }
  }
  const std::string shorter = delta_size(18) + delta_size(4) + delta_copy(0, 4);
  std::vector<Copied> copies;
  std::vector<Inserted> inserted;
  EXPECT_FALSE(only_overwrites(*parse_delta(shorter), copies, inserted));
}

TEST(Delta, BadOnesFail) {
  const std::string sizes = delta_size(4) + delta_size(4);
  const struct {
    std::string delta;
    const char* why;
  } cases[] = {
      {"", "its delta has no sizes"},
      {"\x84", "its delta has no sizes"},
      {std::string(12, '\xff'), "its delta has no sizes"},
      {sizes, "its delta makes fewer bytes than it says"},
      {sizes + delta_copy(0, 3), "its delta makes fewer bytes than it says"},
      {sizes + delta_copy(0, 4) + delta_copy(0, 1),
       "its delta makes more bytes than it says"},
      {sizes + delta_insert("abcde"),
       "its delta makes more bytes than it says"},
      {sizes + delta_copy(1, 4), "its delta copies from outside its base"},
      {sizes + delta_copy(0xffffffff, 4),
       "its delta copies from outside its base"},
      {sizes + std::string(1, '\0'), "its delta has an unknown instruction"},
      {sizes + "\x05zz", "its delta is cut off"},
      {sizes + "\xff\x01", "its delta is cut off"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(applied("abcd", one.delta).error, one.why);
  }
}

}  // namespace
}  // namespace overreach
