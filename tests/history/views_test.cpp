// What the views say, compared with every tree read as a whole.

#include "scanner/history/views.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "scanner/git/object_store.h"
#include "scanner/git/tree_entries.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

// A key, a path, and the place of a root tree.
using Standing = std::tuple<std::uint32_t, std::string, std::uint32_t>;

class ViewsTest : public GitSandbox {
 protected:
  void SetUp() override {
    GitSandbox::SetUp();
    init();
  }

  // Versions of folders within folders, with files that move and return, made
  // from one seed.
  void grow() const {
    shell(
        "mkdir -p a/b/c a/d e; seed=7;"
        "pick() { seed=$(( (seed * 1103515245 + 12345) % 2147483648 ));"
        " r=$(( seed / 65536 % $1 )); };"
        "for i in $(seq 60); do"
        "  mkdir -p a/b/c a/d e;"
        "  for folder in . a a/b a/b/c a/d e; do"
        "    pick 5; file=$folder/f$r; pick 9; text=$r; pick 3;"
        "    [ $r != 0 ] || echo $text > $file; done;"
        "  pick 6; [ $r != 0 ] || rm -f a/b/f*;"
        "  pick 9; [ $r != 0 ] || { rm -rf e; cp -r a/b e; };"
        "  git add -A; git commit -qm $i --allow-empty; done");
  }

  void add_all(const ObjectStore& store, const std::string& id,
               const std::string& folder, std::uint32_t root,
               std::set<Standing>& all) const {
    const auto object = store.read(id);
    ASSERT_TRUE(object && *object);
    for_each_entry((*object)->bytes, 20, [&](const TreeEntry& entry) {
      const std::string path = folder + std::string(entry.name);
      const std::string child(entry.id);
      if (entry.name == "f3") all.emplace(9, path, root);
      const auto key = keys_.find(child);
      if (key != keys_.end()) all.emplace(key->second, path, root);
      if (entry.is_tree) add_all(store, child, path + "/", root, all);
    });
  }

  std::map<std::string, std::uint32_t> keys_;  // by id of a blob
};

TEST_F(ViewsTest, SameAsAllTrees) {
  grow();
  for (int i = 0; i < 9; i += 2) {
    std::string id;
    const std::string hex =
        shell("echo " + std::to_string(i) + " | git hash-object --stdin");
    for (std::size_t at = 0; at < 40; at += 2) {
      id += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
    }
    keys_[id] = static_cast<std::uint32_t>(i / 2);
  }
  for (const char* packed :
       {"true", "git repack -adq --depth=50 --window=50",
        "git repack -adfq --depth=1", "git repack -adfq --depth=4000"}) {
    shell(packed);
    Diagnostics diagnostics;
    const auto store = ObjectStore::open(root_ + "/.git", diagnostics);
    ASSERT_TRUE(store);
    for (const int threads : {1, 3}) {
      const Names names(**store, threads, diagnostics);
      Views::Wanted wanted;
      for (const auto& [id, key] : keys_) {
        const auto place = names.place_of(id);
        if (place) wanted.blobs.emplace_back(*place, key);
      }
      wanted.names.emplace_back(names.number_of("f3").value(), 9);
      const Views views(names, wanted, 2);
      std::vector<std::uint32_t> roots, trees;
      std::set<Standing> expected, found;
      std::istringstream ids(shell("git log --format=%T | sort -u"));
      for (std::string hex; std::getline(ids, hex);) {
        const ObjectId id = ObjectId::from_hex(hex).value();
        trees.push_back((*store)->place_of(id.bytes()).value());
        roots.push_back(views.of(trees.back()));
        add_all(**store, std::string(id.bytes()), "", trees.back(), expected);
      }
      EXPECT_TRUE(views.for_each_place(
          roots, [&](std::uint32_t key, const std::string& path,
                     std::span<const std::uint32_t> which) {
            for (const std::uint32_t root : which) {
              EXPECT_TRUE(found.emplace(key, path, trees[root]).second);
            }
          }));
      EXPECT_GT(found.size(), 100u);
      EXPECT_EQ(found, expected) << packed;
    }
    EXPECT_THAT(diagnostics.take(), testing::IsEmpty());
  }
}

}  // namespace
}  // namespace overreach
