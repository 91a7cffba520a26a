// A pack as its readers see it: entry by entry, and as trees of differences.

#include "scanner/git/pack.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scanner/git/delta_forest.h"
#include "scanner/git/inflate.h"
#include "tests/git/pack_writer.h"

namespace overreach {
namespace {

std::string blob_at(std::size_t i) {
  return std::string(i % 900, 'x') + "blob " + std::to_string(i);
}

// Chains of differences, one behind the other.
PackWriter chains() {
  PackWriter writer;
  for (std::size_t i = 0; i < 500; ++i) {
    if (i % 7 == 0) {
      writer.add_blob(blob_at(i));
    } else {
      const std::size_t base = i - 1 - i % 7 / 3;
      writer.add_offset_delta(base, delta_of(blob_at(base), blob_at(i)),
                              blob_at(i));
    }
  }
  return writer;
}

Pack parsed(const PackWriter& writer, const std::string& bytes,
            const std::string& index) {
  auto parsed_index = PackIndex::parse(index, HashKind::sha1, "x.idx");
  EXPECT_TRUE(parsed_index);
  auto pack =
      Pack::parse(bytes, "x.pack", std::move(*parsed_index), HashKind::sha1);
  EXPECT_TRUE(pack) << writer.id(0);
  return std::move(*pack);
}

TEST(PackReader, ReadsAgainWhatItLetGo) {
  PackWriter writer;
  for (std::size_t i = 0; i < 300; ++i) writer.add_blob(blob_at(i));
  const RepositorySandbox sandbox;
  sandbox.write("x.pack", writer.pack());
  const std::string index = writer.index();
  auto pack =
      Pack::open(sandbox.path() + "/x.pack",
                 std::move(*PackIndex::parse(index, HashKind::sha1, "x.idx")),
                 HashKind::sha1);
  ASSERT_TRUE(pack);
  PackReader reader(*pack, 1);
  Inflater inflater;
  for (std::size_t round = 0; round < 2; ++round) {
    for (std::size_t i = 300; i-- > 0;) {
      const auto entry = reader.entry_at(writer.offset(i), 900);
      ASSERT_TRUE(entry);
      std::string bytes(static_cast<std::size_t>(entry->size), '\0');
      ASSERT_TRUE(inflater.inflate(entry->packed, bytes.data(), bytes.size()));
      EXPECT_EQ(bytes, blob_at(i));
    }
  }
}

TEST(Inflater, RoomForMoreChangesNothing) {
  const std::string text = blob_at(777);
  const std::string packed = deflated(text);
  Inflater inflater;
  for (const std::size_t spare : {std::size_t{0}, std::size_t{1},
                                  Inflater::kSpareRoom, std::size_t{5000}}) {
    std::string bytes(text.size() + spare, '\0');
    ASSERT_TRUE(
        inflater.inflate(packed, bytes.data(), text.size(), bytes.size()));
    EXPECT_EQ(bytes.substr(0, text.size()), text);
    const Status less =
        inflater.inflate(packed, bytes.data(), text.size() - 1, bytes.size());
    ASSERT_FALSE(less);
    EXPECT_EQ(less.error().text, "holds more bytes than it says");
    if (spare == 0) continue;
    const Status more =
        inflater.inflate(packed, bytes.data(), text.size() + 1, bytes.size());
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().text, "holds fewer bytes than it says");
  }
}

TEST(DeltaForest, TheSameForAnyNumberOfThreads) {
  const PackWriter writer = chains();
  const std::string bytes = writer.pack(), index = writer.index();
  const Pack pack = parsed(writer, bytes, index);
  const DeltaForest one(pack, 1);
  ASSERT_EQ(one.size(), 500u);
  EXPECT_EQ(one.roots().size(), 72u);
  for (const int threads : {2, 3, 600}) {
    const DeltaForest other(pack, threads);
    ASSERT_EQ(other.size(), one.size());
    ASSERT_EQ(other.roots().size(), one.roots().size());
    for (std::size_t i = 0; i < one.roots().size(); ++i) {
      EXPECT_EQ(other.roots()[i].entry, one.roots()[i].entry);
    }
    for (std::uint32_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(other.offset_of(i), one.offset_of(i));
      EXPECT_EQ(other.position_of(i), one.position_of(i));
      EXPECT_EQ(other.first_child(i), one.first_child(i));
      EXPECT_EQ(other.next_sibling(i), one.next_sibling(i));
      EXPECT_EQ(other.last_child(i), one.last_child(i));
    }
  }
}

}  // namespace
}  // namespace overreach
