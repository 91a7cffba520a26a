#include "scanner/read/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace overreach {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using Members = std::vector<std::pair<std::string, std::string>>;

std::string gzipped(const std::string& text) {
  constexpr int kGzip = 16 + MAX_WBITS;
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, kGzip, 9, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in =
      reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

// An archive of one file.
std::string tarred(const std::string& name, const std::string& text) {
  std::string head(512, '\0');
  head.replace(0, name.size(), name);
  head.replace(100, 7, "0000644");
  char size[12];
  std::snprintf(size, sizeof size, "%011zo", text.size());
  head.replace(124, 11, size);
  head.replace(148, 8, "        ");  // counts as spaces in the sum
  head.replace(156, 1, "0");
  head.replace(257, 8,
               std::string("ustar\0"
                           "00",
                           8));
  unsigned sum = 0;
  for (const char c : head) sum += static_cast<unsigned char>(c);
  std::snprintf(size, sizeof size, "%06o", sum);
  head.replace(148, 7, std::string(size, 7));
  const std::string padding((512 - text.size() % 512) % 512 + 1024, '\0');
  return head + text + padding;
}

class Archives : public ::testing::Test {
 protected:
  // Of members of many windows the first.
  Members read(const std::string& bytes, const ArchiveOptions& options = {}) {
    MemberReader reader(options);
    Members members;
    is_read = reader.read_bytes(
        bytes, "a.gz", diagnostics,
        [&](std::string_view path, const Window& window) {
          consumed += window.bytes.size() - window.seen_bytes;
          if (window.first_line == 1 && window.seen_bytes == 0) {
            members.emplace_back(path, window.bytes);
          }
        });
    for (const Problem& problem : diagnostics.take()) {
      problems.push_back(
          (problem.kind == Problem::Kind::incomplete ? "incomplete: " : "") +
          problem.path + ": " + problem.what);
    }
    return members;
  }

  Diagnostics diagnostics;
  bool is_read = false;
  std::size_t consumed = 0;
  std::vector<std::string> problems;
};

TEST_F(Archives, ACompressedFileHasOneMember) {
  EXPECT_THAT(read(gzipped("A=b\n")), ElementsAre(Pair("a.gz!a", "A=b\n")));
  EXPECT_TRUE(is_read);
  EXPECT_THAT(problems, IsEmpty());
}

TEST_F(Archives, WhatIsInOneIsOpenedAsDeepAsAskedFor) {
  const std::string inner = tarred("c.env", "A=b\n");
  const std::string outer = gzipped(tarred("b.tgz", gzipped(inner)));
  EXPECT_THAT(read(outer, {.depth = 2}),
              ElementsAre(Pair("a.gz!b.tgz!c.env", "A=b\n")));
  EXPECT_THAT(read(outer, {.depth = 1}),
              ElementsAre(Pair("a.gz!b.tgz", gzipped(inner))));
  EXPECT_THAT(problems,
              ElementsAre("a.gz!b.tgz: an archive in an archive, deeper than "
                          "--archive-depth"));
}

TEST_F(Archives, BytesThatComeOnce) {
  const std::string bytes =
      gzipped(tarred("b.env", std::string(70000, 'x') + "\nA=b\n"));
  std::size_t given = 0;
  MemberReader reader({});
  std::string text;
  EXPECT_TRUE(reader.read_stream(
      [&](char* buffer, std::size_t size) -> Result<std::size_t> {
        const std::size_t count =
            bytes.copy(buffer, std::min<std::size_t>(size, 100), given);
        given += count;
        return count;
      },
      "a.tgz", diagnostics,
      [&](std::string_view path, const Window& window) {
        text = std::string(path) + ": " +
               std::string(window.bytes.substr(window.bytes.size() - 4));
      }));
  EXPECT_EQ(text, "a.tgz!b.env: A=b\n");
}

TEST_F(Archives, ASourceThatFailsMakesTheScanIncomplete) {
  const std::string bytes = gzipped(tarred("b.env", "A=b\n"));
  std::size_t given = 0;
  MemberReader reader({});
  reader.read_stream(
      [&](char* buffer, std::size_t) -> Result<std::size_t> {
        if (given == 20) return fail("the pack is corrupt");
        given += bytes.copy(buffer, 20);
        return given;
      },
      "a.tgz", diagnostics, [](std::string_view, const Window&) {});
  const std::vector<Problem> told = diagnostics.take();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].kind, Problem::Kind::incomplete);
  EXPECT_EQ(told[0].path, "a.tgz");
  EXPECT_EQ(told[0].what, "cannot be read: the pack is corrupt");
}

TEST_F(Archives, ABombEndsAtTheLimit) {
  const std::string bomb = gzipped(std::string(64 << 20, '\n'));
  ASSERT_LT(bomb.size(), 100u << 10);
  read(bomb, {.most_bytes = 2 << 20});
  EXPECT_TRUE(is_read);
  EXPECT_LT(consumed, 4u << 20);
  EXPECT_THAT(problems, ElementsAre("incomplete: a.gz: unpacks to more than 2 "
                                    "MB: the rest of it was not read"));
}

TEST_F(Archives, ABombInABomb) {
  const std::string bomb = tarred("b.gz", gzipped(std::string(64 << 20, '\n')));
  read(bomb, {.depth = 2, .most_bytes = 2 << 20});
  EXPECT_LT(consumed, 4u << 20);
  EXPECT_THAT(problems, ElementsAre("incomplete: a.gz: unpacks to more than 2 "
                                    "MB: the rest of it was not read"));
}

TEST_F(Archives, WhatIsNoneIsNotRead) {
  EXPECT_THAT(read("PK\x03\x04 is how a ZIP begins"), IsEmpty());
  EXPECT_FALSE(is_read);
  EXPECT_THAT(problems,
              ElementsAre("a.gz: damaged: cannot be unpacked to its end"));
}

TEST(IsArchive, ByItsFirstBytes) {
  using namespace std::string_view_literals;
  for (const std::string_view begin :
       {"PK\x03\x04"sv, "\x1f\x8b\x08"sv, "\xfd\x37zXZ\x00"sv, "BZh9"sv}) {
    EXPECT_TRUE(is_archive(begin)) << begin;
  }
  std::string tar(512, '\0');
  EXPECT_FALSE(is_archive(tar));
  tar.replace(257, 5, "ustar");
  EXPECT_TRUE(is_archive(tar));
  for (const std::string_view begin : {""sv, "PK"sv, "#!/bin/sh"sv}) {
    EXPECT_FALSE(is_archive(begin)) << begin;
  }
}

}  // namespace
}  // namespace overreach
