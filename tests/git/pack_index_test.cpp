#include "scanner/git/pack_index.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/git/pack_writer.h"

namespace overreach {
namespace {

PackWriter many_blobs(HashKind hash) {
  PackWriter pack(hash);
  for (int i = 0; i < 700; ++i) pack.add_blob("blob " + std::to_string(i));
  return pack;
}

void expect_all(const PackIndex& index, const PackWriter& pack,
                std::size_t count, HashKind hash) {
  ASSERT_EQ(index.size(), count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto position = index.find(pack.id(i));
    ASSERT_TRUE(position);
    EXPECT_EQ(index.id_at(*position), pack.id(i));
    EXPECT_EQ(index.offset_at(*position), pack.offset(i));
  }
  for (int i = 0; i < 300; ++i) {
    EXPECT_FALSE(index.find(hash_of("none " + std::to_string(i), hash)));
  }
  EXPECT_FALSE(index.find(""));
  EXPECT_FALSE(index.find("short"));
}

TEST(PackIndex, FindsWhatIsThere) {
  for (const HashKind hash : {HashKind::sha1, HashKind::sha256}) {
    const PackWriter pack = many_blobs(hash);
    for (const int version : {1, 2}) {
      const std::string bytes = pack.index(version);
      auto index = PackIndex::parse(bytes, hash, "x.idx");
      ASSERT_TRUE(index);
      expect_all(*index, pack, 700, hash);
      index->speed_up();
      expect_all(*index, pack, 700, hash);
    }
  }
}

// Whatever stands there, what is found has the id that was asked for.
TEST(PackIndex, ABrokenOrderFindsNothingElse) {
  const PackWriter pack = many_blobs(HashKind::sha1);
  std::string bytes = pack.index();
  for (std::size_t i = 0; i < 700; i += 3) bytes[8 + 1024 + 20 * i + 1] ^= 0x5a;
  auto index = PackIndex::parse(bytes, HashKind::sha1, "x.idx");
  ASSERT_TRUE(index);
  index->speed_up();
  std::size_t found = 0;
  for (std::size_t i = 0; i < 700; ++i) {
    const auto position = index->find(pack.id(i));
    if (!position) continue;
    EXPECT_EQ(index->id_at(*position), pack.id(i));
    ++found;
  }
  EXPECT_LT(found, 700u);
}

TEST(PackIndex, OffsetsOf2GiBAndMoreStandInATable) {
  PackWriter pack;
  pack.add_blob("a");
  std::string bytes = pack.index();
  const std::size_t at = 8 + 1024 + 20 + 4;  // of the only offset
  bytes.replace(at, 4, big_endian(0x80000000, 4));
  EXPECT_FALSE(PackIndex::parse(bytes, HashKind::sha1, "x")->offset_at(0));
  bytes.insert(at + 4, big_endian(0x123456789a, 8));
  EXPECT_EQ(PackIndex::parse(bytes, HashKind::sha1, "x")->offset_at(0),
            0x123456789au);
}

TEST(PackIndex, BrokenOnesFail) {
  const std::string good = many_blobs(HashKind::sha1).index();
  for (std::size_t size = 0; size < good.size(); size += 97) {
    EXPECT_FALSE(
        PackIndex::parse(good.substr(0, size), HashKind::sha1, "x.idx"))
        << size;
  }
  std::string bad = good;
  bad[7] = 3;
  EXPECT_EQ(PackIndex::parse(bad, HashKind::sha1, "x.idx").error().text,
            "x.idx: an index of an unknown version");
  bad = good;
  bad.replace(8 + 100 * 4, 4, "\xff\xff\xff\xff");
  EXPECT_EQ(PackIndex::parse(bad, HashKind::sha1, "x.idx").error().text,
            "x.idx: the index is broken");
}

TEST(MultiPackIndex, HasThePartOfEachPack) {
  for (const HashKind hash : {HashKind::sha1, HashKind::sha256}) {
    const PackWriter pack = many_blobs(hash);
    const std::string bytes = pack.multi_index("pack-a");
    const auto index = MultiPackIndex::parse(bytes, hash, "m");
    ASSERT_TRUE(index) << index.error().text;
    ASSERT_EQ(index->pack_names().size(), 1u);
    EXPECT_EQ(index->pack_names()[0], "pack-a.idx");
    expect_all(index->of_pack(0), pack, 700, hash);
    EXPECT_EQ(index->of_pack(1).size(), 0u);
    for (std::size_t size = 0; size + 32 < bytes.size(); size += 53) {
      EXPECT_FALSE(MultiPackIndex::parse(bytes.substr(0, size), hash, "m"));
    }
  }
}

}  // namespace
}  // namespace overreach
