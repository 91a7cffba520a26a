#include "scanner/git/object_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/git/pack_writer.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Remembers an object, to prove what is said of those made from it.
class ContentNote : public Note {
 public:
  explicit ContentNote(std::string_view given) : bytes(given) {}
  const std::string bytes;
};

struct Visited {
  std::map<std::string, std::string> bytes;  // by id
  std::vector<std::string> problems;
  std::size_t edits = 0;
};

void check_edit(const StoredObject& object) {
  const auto& base =
      static_cast<const ContentNote&>(*object.edit->base_note).bytes;
  EXPECT_EQ(object.edit->change.base_size, base.size());
  std::size_t behind = 0;
  for (const Copied& copy : object.edit->change.copies) {
    EXPECT_GE(copy.to, behind);
    behind = copy.to + copy.size;
    ASSERT_LE(behind, object.bytes.size());
    EXPECT_EQ(object.bytes.substr(copy.to, copy.size),
              base.substr(copy.from, copy.size));
  }
}

// Everything of one kind, each by the visitor and by its id.
Visited visited(const std::string& path, const VisitOptions& options = {2, {}},
                ObjectKind kind = ObjectKind::blob) {
  Visited result;
  Diagnostics diagnostics;
  const auto store = ObjectStore::open(path, diagnostics);
  EXPECT_TRUE(store) << (store ? "" : store.error().text);
  if (!store) return result;
  std::mutex mutex;
  (*store)->visit(
      kind, options, diagnostics, [&](int worker, const StoredObject& object) {
        const std::lock_guard lock(mutex);
        EXPECT_LT(worker, options.threads);
        EXPECT_EQ(object.kind, kind);
        EXPECT_EQ((*store)->place_of(object.id), object.place);
        EXPECT_EQ((*store)->id_at(object.place), ObjectId(object.id));
        std::string bytes(object.bytes);
        if (object.stream) {
          bytes.resize(object.size + 1);
          const auto size = object.stream->read(bytes.data(), bytes.size());
          EXPECT_EQ(size, object.size);
          bytes.pop_back();
        } else {
          EXPECT_EQ(std::string(object.bytes.end(),
                                object.bytes.end() + kObjectPadding),
                    std::string(kObjectPadding, '\0'));
        }
        if (object.edit) {
          ++result.edits;
          check_edit(object);
        }
        EXPECT_TRUE(result.bytes.emplace(object.id, bytes).second);
        return std::make_shared<const ContentNote>(bytes);
      });
  for (const auto& [id, bytes] : result.bytes) {
    const auto object = (*store)->read(id);
    EXPECT_TRUE(object && *object && (*object)->bytes == bytes &&
                (*object)->kind == kind);
  }
  for (const Problem& problem : diagnostics.take()) {
    result.problems.push_back(problem.path + ": " + problem.what);
  }
  return result;
}

std::string text_of(int version) {
  return "first line\n" + std::string(static_cast<std::size_t>(version), '+') +
         "\nlast line " + std::to_string(version) + "\n";
}

void expect_texts(const Visited& seen, int count,
                  HashKind hash = HashKind::sha1) {
  EXPECT_EQ(seen.bytes.size(), static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const auto found =
        seen.bytes.find(id_of(ObjectKind::blob, text_of(i), hash));
    ASSERT_NE(found, seen.bytes.end()) << i;
    EXPECT_EQ(found->second, text_of(i));
  }
}

TEST(ObjectStore, DeltasOfEveryKindInOnePack) {
  for (const HashKind hash : {HashKind::sha1, HashKind::sha256}) {
    for (const int version : {1, 2}) {
      PackWriter pack(hash);
      const auto delta = [](int base, int result) {
        return delta_of(text_of(base), text_of(result));
      };
      const auto id = [&](int i) {
        return id_of(ObjectKind::blob, text_of(i), hash);
      };
      pack.add_id_delta(id(3), delta(3, 0), text_of(0));  // base further on
      const std::size_t root = pack.add_blob(text_of(1));
      const std::size_t second =
          pack.add_offset_delta(root, delta(1, 2), text_of(2));
      pack.add_offset_delta(second, delta(2, 3), text_of(3));
      pack.add_id_delta(id(1), delta(1, 4), text_of(4));
      pack.add_offset_delta(root, delta(1, 5), text_of(5));
      const RepositorySandbox repository;
      if (hash == HashKind::sha256) {
        repository.write("config", "[extensions]\n\tobjectformat = sha256\n");
      }
      repository.add(pack, "pack-a", version);
      const Visited seen = visited(repository.path());
      EXPECT_THAT(seen.problems, IsEmpty());
      EXPECT_EQ(seen.edits, 5u);
      expect_texts(seen, 6, hash);
      // Any of them, whatever they are made from.
      for (unsigned set = 0; set < 64; ++set) {
        std::vector<bool> only(6);
        for (std::size_t i = 0; i < 6; ++i) only[i] = set >> i & 1;
        const Visited some =
            visited(repository.path(), {2, std::nullopt, &only});
        EXPECT_THAT(some.problems, IsEmpty());
        ASSERT_EQ(some.bytes.size(),
                  static_cast<std::size_t>(std::popcount(set)));
        for (const auto& [name, bytes] : some.bytes) {
          EXPECT_EQ(bytes, seen.bytes.at(name));
        }
      }
    }
  }
}

// Such versions are written over their base, which others need again.
TEST(ObjectStore, VersionsThatOverwriteTheirBase) {
  const std::string base = "one two three four five";
  const auto with = [](std::string text, std::size_t at, std::string word) {
    return text.replace(at, word.size(), word);
  };
  PackWriter pack;
  std::vector<std::string> texts = {base};
  const std::size_t root = pack.add_blob(base);
  const auto add = [&](std::size_t to, const std::string& from,
                       const std::string& text) {
    texts.push_back(text);
    return pack.add_offset_delta(to, delta_of(from, text), text);
  };
  add(root, base, with(base, 0, "ONE"));
  const std::string deeper = with(base, 4, "TWO");
  const std::size_t second = add(root, base, deeper);
  add(second, deeper, with(deeper, 8, "THREE"));
  add(second, deeper, with(deeper, 14, "FOUR"));
  add(root, base, "longer: " + base);
  add(root, base, with(base, 19, "FIVE"));
  const RepositorySandbox repository;
  repository.add(pack, "pack-a");
  const Visited seen = visited(repository.path());
  EXPECT_THAT(seen.problems, IsEmpty());
  EXPECT_EQ(seen.edits, 6u);
  EXPECT_EQ(seen.bytes.size(), texts.size());
  for (const std::string& text : texts) {
    EXPECT_EQ(seen.bytes.at(id_of(ObjectKind::blob, text, HashKind::sha1)),
              text);
  }
}

TEST(ObjectStore, KindsAreKeptApart) {
  PackWriter pack;
  pack.add(ObjectKind::commit, "tree x\n\nmessage\n");
  pack.add(ObjectKind::tag, "object x\n");
  pack.add_blob("blob");
  const RepositorySandbox repository;
  repository.add(pack);
  repository.add_loose(ObjectKind::tag, "object y\n");
  repository.add_loose(ObjectKind::tree, "");
  for (const auto& [kind, count] : {std::pair(ObjectKind::commit, 1u),
                                    {ObjectKind::tag, 2u},
                                    {ObjectKind::blob, 1u},
                                    {ObjectKind::tree, 1u}}) {
    EXPECT_EQ(visited(repository.path(), {2, {}}, kind).bytes.size(), count);
  }
}

TEST(ObjectStore, BasesInOtherPacksAndLoose) {
  PackWriter a, b;
  a.add_blob(text_of(0));
  b.add_id_delta(id_of(ObjectKind::blob, text_of(0)),
                 delta_of(text_of(0), text_of(1)), text_of(1));
  b.add_id_delta(id_of(ObjectKind::blob, text_of(3)),
                 delta_of(text_of(3), text_of(2)), text_of(2));
  const RepositorySandbox repository;
  repository.add(a, "pack-a");
  repository.add(b, "pack-b");
  repository.add_loose(ObjectKind::blob, text_of(3));
  const Visited seen = visited(repository.path());
  EXPECT_THAT(seen.problems, IsEmpty());
  expect_texts(seen, 4);
}

TEST(ObjectStore, AnObjectStoredThriceIsVisitedOnce) {
  PackWriter a, b;
  a.add_blob(text_of(0));
  const std::size_t base = b.add_blob(text_of(0));
  b.add_offset_delta(base, delta_of(text_of(0), text_of(1)), text_of(1));
  const RepositorySandbox repository;
  repository.add(a, "pack-a");
  repository.add(b, "pack-b");
  repository.add_loose(ObjectKind::blob, text_of(0));
  const Visited seen = visited(repository.path());
  EXPECT_THAT(seen.problems, IsEmpty());
  expect_texts(seen, 2);
}

TEST(ObjectStore, AMultiPackIndexReplacesIndexes) {
  PackWriter pack;
  const std::size_t base = pack.add_blob(text_of(0));
  pack.add_offset_delta(base, delta_of(text_of(0), text_of(1)), text_of(1));
  const RepositorySandbox repository;
  repository.write("objects/pack/pack-a.pack", pack.pack());
  repository.write("objects/pack/multi-pack-index", pack.multi_index("pack-a"));
  const Visited seen = visited(repository.path());
  EXPECT_THAT(seen.problems, IsEmpty());
  expect_texts(seen, 2);
}

TEST(ObjectStore, BasesThatTheIndexDoesNotKnow) {
  PackWriter pack, known;  // the same pack; the index of its last object only
  std::size_t last = pack.add_blob(text_of(0));
  for (int i = 1; i < 4; ++i) {
    last = pack.add_offset_delta(last, delta_of(text_of(i - 1), text_of(i)),
                                 text_of(i));
  }
  known.add_padding(pack.offset(last));
  known.add_entry(3, 0, "", "", pack.id(last));
  const RepositorySandbox repository;
  repository.write("objects/pack/pack-a.pack", pack.pack());
  repository.write("objects/pack/pack-a.idx", known.index());
  const Visited seen = visited(repository.path());
  EXPECT_THAT(seen.problems, IsEmpty());
  ASSERT_EQ(seen.bytes.size(), 1u);
  EXPECT_EQ(seen.bytes.begin()->second, text_of(3));
}

TEST(ObjectStore, AlternatesOfAlternates) {
  const RepositorySandbox first, second, third;
  first.write("objects/info/alternates",
              "# a comment\n" + second.path() + "/objects\n");
  second.write("objects/info/alternates",
               "\"" + third.path() + "/obj\\145cts\"\n" + first.path() +
                   "/objects\n/nowhere/at/all\n");
  first.add_loose(ObjectKind::blob, text_of(0));
  second.add_loose(ObjectKind::blob, text_of(1));
  PackWriter pack;
  pack.add_blob(text_of(2));
  third.add(pack);
  const Visited seen = visited(first.path());
  EXPECT_THAT(seen.problems,
              ElementsAre(HasSubstr("names the folder of objects "
                                    "/nowhere/at/all, which is not there")));
  expect_texts(seen, 3);
}

TEST(ObjectStore, OfAWorkTreeElsewhere) {
  const RepositorySandbox repository, tree;
  repository.add_loose(ObjectKind::blob, text_of(0));
  repository.write("worktrees/w/commondir", "../..\n");
  tree.write(".git", "gitdir: " + repository.path() + "/worktrees/w\n");
  expect_texts(visited(tree.path() + "/.git"), 1);
  expect_texts(visited(repository.path() + "/worktrees/w"), 1);
}

TEST(ObjectStore, WhatIsNoRepositoryFails) {
  const RepositorySandbox repository;
  Diagnostics diagnostics;
  EXPECT_EQ(ObjectStore::open("/nowhere", diagnostics).error().text,
            "/nowhere: has no objects, so is no Git repository");
  repository.write("config", "[Extensions]\n objectFormat = SHA3\n");
  EXPECT_EQ(ObjectStore::open(repository.path(), diagnostics).error().text,
            repository.path() + "/config: objects of the unknown format sha3");
}

TEST(ObjectStore, LargeBlobsComeAsStreams) {
  PackWriter pack;
  const std::string large(std::size_t{5} << 20, 'x');
  pack.add_blob(large);
  const std::size_t base = pack.add_blob(large + "base");
  pack.add_offset_delta(base, delta_of(large + "base", large + "made"),
                        large + "made");
  const RepositorySandbox repository;
  repository.add(pack);
  repository.add_loose(ObjectKind::blob, large + "loose");
  const Visited seen = visited(repository.path());
  EXPECT_THAT(seen.problems, IsEmpty());
  EXPECT_EQ(seen.bytes.size(), 4u);
  EXPECT_EQ(seen.bytes.at(id_of(ObjectKind::blob, large + "loose")),
            large + "loose");
  EXPECT_EQ(seen.bytes.at(id_of(ObjectKind::blob, large + "made")),
            large + "made");
}

TEST(ObjectStore, LargerThanAskedIsLeftOutButNotWhatIsMadeOfIt) {
  PackWriter pack;
  const std::size_t base = pack.add_blob(text_of(50));
  pack.add_offset_delta(base, delta_of(text_of(50), text_of(0)), text_of(0));
  const RepositorySandbox repository;
  repository.add(pack);
  const Visited seen = visited(repository.path(), {1, 40});
  expect_texts(seen, 1);
  EXPECT_THAT(seen.problems, ElementsAre(HasSubstr("larger than 40")));
}

TEST(ObjectStore, AChainOfTenThousandsNeedsNoStack) {
  PackWriter pack;
  constexpr int kLength = 30000;
  std::size_t last = pack.add_blob(std::to_string(0));
  for (int i = 1; i < kLength; ++i) {
    last = pack.add_offset_delta(
        last, delta_of(std::to_string(i - 1), std::to_string(i)),
        std::to_string(i));
  }
  const RepositorySandbox repository;
  repository.add(pack);
  Diagnostics diagnostics;
  const auto store = ObjectStore::open(repository.path(), diagnostics);
  ASSERT_TRUE(store);
  int count = 0;
  (*store)->visit(ObjectKind::blob, {1, {}}, diagnostics,
                  [&](int, const StoredObject&) {
                    ++count;
                    return nullptr;
                  });
  EXPECT_EQ(count, kLength);
  EXPECT_THAT(diagnostics.take(), IsEmpty());
  EXPECT_THAT((*store)->read(pack.id(last)).error().text,
              HasSubstr("has too many bases"));
  std::vector<bool> only(kLength);
  only[(*store)->place_of(pack.id(last)).value()] = true;
  (*store)->visit(ObjectKind::blob, {1, {}, &only}, diagnostics,
                  [&](int, const StoredObject& object) {
                    EXPECT_EQ(object.bytes, std::to_string(kLength - 1));
                    --count;
                    return nullptr;
                  });
  EXPECT_EQ(count, kLength - 1);
}

// --- What is broken -------------------------------------------------------

TEST(BrokenStore, AMissingBaseIsNamedAndTheRestIsRead) {
  PackWriter pack;
  const std::size_t first =
      pack.add_id_delta(id_of(ObjectKind::blob, "not here"),
                        delta_of("not here", text_of(1)), text_of(1));
  pack.add_offset_delta(first, delta_of(text_of(1), text_of(2)), text_of(2));
  pack.add_blob(text_of(0));
  const RepositorySandbox repository;
  repository.add(pack);
  const Visited seen = visited(repository.path());
  expect_texts(seen, 1);
  EXPECT_THAT(
      seen.problems,
      ElementsAre(HasSubstr(
          "pack-a.pack: object " + ObjectId(pack.id(first)).hex() +
          " at offset 12: its base " +
          ObjectId(id_of(ObjectKind::blob, "not here")).hex() +
          " is missing; nor can what is stored as a difference to it")));
}

TEST(BrokenStore, BasesThatNameEachOther) {
  PackWriter pack;
  const std::string a = text_of(1), b = text_of(2);
  pack.add_id_delta(id_of(ObjectKind::blob, b), delta_of(b, a), a);
  pack.add_id_delta(id_of(ObjectKind::blob, a), delta_of(a, b), b);
  pack.add_blob(text_of(0));
  const RepositorySandbox repository;
  repository.add(pack);
  const std::vector<bool> all(3, true);
  for (const std::vector<bool>* const only : {&all, {}}) {
    const Visited seen = visited(repository.path(), {2, std::nullopt, only});
    expect_texts(seen, 1);
    ASSERT_EQ(seen.problems.size(), 2u);
    EXPECT_THAT(seen.problems[0], HasSubstr("its bases go round in a circle"));
  }
  Diagnostics diagnostics;
  const auto store = ObjectStore::open(repository.path(), diagnostics);
  EXPECT_THAT((*store)->read(pack.id(0)).error().text,
              HasSubstr("has too many bases"));
}

TEST(BrokenStore, EntriesThatLie) {
  const std::string packed = deflated("four");
  const struct {
    int type;
    std::uint64_t size;
    std::string behind, packed;
    const char* why;
  } cases[] = {
      {3, 5, "", packed, "holds fewer bytes than it says"},
      {3, 3, "", packed, "holds more bytes than it says"},
      {3, 4, "", "no zlib data", "its compressed data is broken or cut off"},
      {3, std::uint64_t{1} << 40, "", packed,
       "says it is larger than its bytes can hold"},
      {0, 4, "", packed, "is of an unknown type"},
      {5, 4, "", packed, "is of an unknown type"},
      {6, 4, std::string(1, '\0'), packed, "has its base outside the pack"},
      {6, 4, "\x7f", packed, "has its base outside the pack"},
  };
  for (const auto& one : cases) {
    PackWriter pack;
    pack.add_blob(text_of(0));
    const std::string id = hash_of("liar", HashKind::sha1);
    const std::size_t entry =
        pack.add_entry(one.type, one.size, one.behind, one.packed, id);
    const RepositorySandbox repository;
    repository.add(pack);
    const Visited seen = visited(repository.path());
    expect_texts(seen, 1);
    EXPECT_THAT(seen.problems,
                ElementsAre(HasSubstr(
                    "object " + ObjectId(id).hex() + " at offset " +
                    std::to_string(pack.offset(entry)) + ": " + one.why)));
  }
}

TEST(BrokenStore, LooseObjectsThatLie) {
  const struct {
    std::string content;
    const char* why;
  } cases[] = {
      {"no zlib data", "its compressed data is broken or cut off"},
      {deflated("blob 4"), "has no head"},
      {deflated(std::string("blub 4\0four", 11)), "is of an unknown type"},
      {deflated(std::string("blob x\0four", 11)), "has no size"},
      {deflated(std::string("blob 5\0four", 11)),
       "holds fewer bytes than it says"},
      {deflated(std::string("blob 99999999\0four", 18)),
       "says it is larger than its bytes can hold"},
      {"", "its compressed data is broken or cut off"},
  };
  for (const auto& one : cases) {
    const RepositorySandbox repository;
    repository.add_loose(ObjectKind::blob, text_of(0));
    repository.write("objects/12/" + std::string(38, '3'), one.content);
    const Visited seen = visited(repository.path());
    expect_texts(seen, 1);
    EXPECT_THAT(seen.problems, ElementsAre(HasSubstr(one.why)));
  }
}

TEST(BrokenStore, APackOrIndexThatIsNone) {
  const RepositorySandbox repository;
  PackWriter pack;
  pack.add_blob(text_of(0));
  repository.add(pack);
  repository.write("objects/pack/pack-b.pack", pack.pack());
  repository.write("objects/pack/pack-c.pack", "PACK");
  repository.write("objects/pack/pack-c.idx", pack.index());
  repository.write("objects/pack/pack-d.pack", pack.pack());
  repository.write("objects/pack/pack-d.idx", "nonsense");
  const Visited seen = visited(repository.path());
  expect_texts(seen, 1);
  EXPECT_THAT(seen.problems,
              ElementsAre(HasSubstr("pack-b.idx: No such file"),
                          HasSubstr("pack-c.pack: no pack"),
                          HasSubstr("pack-d.idx: the index is cut off")));
}

// Whatever one changes in a pack: nothing crashes, and what is read is either
// right or said to be unreadable.
TEST(BrokenStore, EveryByteOfAPackChanged) {
  PackWriter pack;
  const std::size_t base = pack.add_blob(text_of(0));
  const std::size_t next =
      pack.add_offset_delta(base, delta_of(text_of(0), text_of(1)), text_of(1));
  pack.add_id_delta(pack.id(next), delta_of(text_of(1), text_of(2)),
                    text_of(2));
  const std::string good = pack.pack();
  const RepositorySandbox repository;
  repository.add(pack);
  for (std::size_t at = 12; at < good.size() - 20; ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    repository.write("objects/pack/pack-a.pack", bad);
    const std::vector<bool> all(3, true);
    for (const std::vector<bool>* const only : {&all, {}}) {
      Diagnostics diagnostics;
      const auto store = ObjectStore::open(repository.path(), diagnostics);
      ASSERT_TRUE(store);
      std::size_t read = 0;
      for (const ObjectKind kind : {ObjectKind::commit, ObjectKind::tree,
                                    ObjectKind::blob, ObjectKind::tag}) {
        (*store)->visit(kind, {1, {}, only}, diagnostics,
                        [&](int, const StoredObject&) {
                          ++read;
                          return nullptr;
                        });
      }
      EXPECT_TRUE(read == 3 || !diagnostics.take().empty()) << at;
    }
  }
}

}  // namespace
}  // namespace overreach
