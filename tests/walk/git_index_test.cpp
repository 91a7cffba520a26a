#include "scanner/walk/git_index.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/walk/work_tree.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

class Index : public GitSandbox {
 protected:
  void SetUp() override {
    GitSandbox::SetUp();
    init();
    write("a.txt", "a\n");
    write("dir/b.txt", "b\n");
    write("dir/sub/c.txt", "c\n");
    write("dir.txt", "d\n");
    write("dir-file", "e\n");
    write(std::string(200, 'n') + "/" + std::string(200, 'm'), "long\n");
    write("sp ace\nline\xff", "odd\n");
    shell(
        "ln -s a.txt link; chmod +x dir.txt; git add -A; "
        "echo later > later; git add -N later");
  }

  // As `git ls-files -s -z` prints them.
  static std::string line_of(const GitIndex::Entry& entry) {
    char mode[8];
    std::snprintf(mode, sizeof mode, "%06o", entry.mode);
    std::string line = mode;
    line += ' ';
    for (int i = 0; i < 20; ++i) {
      char digits[3];
      std::snprintf(digits, sizeof digits, "%02x",
                    static_cast<unsigned char>(entry.oid[i]));
      line += digits;
    }
    return line + ' ' + std::to_string(entry.stage) + '\t' +
           std::string(entry.path);
  }

  std::string index_file() const { return root_ + "/.git/index"; }
};

TEST_F(Index, AgreesWithGitInEveryVersion) {
  for (const char* version : {"2", "3", "4"}) {
    shell("git update-index --index-version " + std::string(version));
    const auto index = GitIndex::read(index_file());
    ASSERT_TRUE(index) << index.error().text;
    std::vector<std::string> lines;
    for (const auto& entry : index->entries()) {
      lines.push_back(line_of(entry));
      EXPECT_EQ(entry.intent_to_add, entry.path == "later");
    }
    std::sort(lines.begin(), lines.end());
    EXPECT_EQ(lines, split_zeros(shell("git ls-files -s -z"))) << version;

    const auto opened = GitIndex::open(index_file());
    ASSERT_TRUE(opened);
    std::size_t at = 0;
    GitIndex::Cursor cursor(*opened);
    for (; cursor.has_entry(); cursor.next(), ++at) {
      const GitIndex::Cursor copy = cursor;
      ASSERT_LT(at, index->entries().size());
      EXPECT_EQ(line_of(copy.entry()), line_of(index->entries()[at]));
    }
    EXPECT_TRUE(cursor.status());
    EXPECT_EQ(at, index->entries().size());
  }
}

TEST_F(Index, CacheOfTrees) {
  shell("git reset -q later; git commit -qm first");
  auto index = GitIndex::open(index_file());
  ASSERT_TRUE(index);
  EXPECT_EQ(index->cached_tree().oid.size(), 20u);
  EXPECT_EQ(index->cached_tree().entries, 8u);
  EXPECT_EQ(index->cached_tree().children.size(), 2u);
  shell("echo more >> dir/b.txt; git add dir/b.txt");
  index = GitIndex::open(index_file());
  ASSERT_TRUE(index);
  EXPECT_TRUE(index->cached_tree().oid.empty());
  for (const auto& child : index->cached_tree().children) {
    EXPECT_EQ(child.oid.empty(), child.name == "dir");
  }
}

TEST_F(Index, Sha256) {
  shell(
      "git init -q --object-format=sha256 sha && cd sha && echo x > x && "
      "mkdir y && echo y > y/y && git add .");
  const auto index =
      GitIndex::read(root_ + "/sha/.git/index", HashKind::sha256);
  ASSERT_TRUE(index) << index.error().text;
  ASSERT_EQ(index->entries().size(), 2u);
  EXPECT_EQ(index->entries()[1].path, "y/y");
}

TEST_F(Index, BelowAndContains) {
  const auto index = GitIndex::read(index_file());
  ASSERT_TRUE(index);
  EXPECT_EQ(GitIndex::below(index->entries(), "dir/").size(), 2u);
  EXPECT_EQ(GitIndex::below(index->entries(), "none/").size(), 0u);
  EXPECT_TRUE(GitIndex::contains(index->entries(), "dir.txt"));
  EXPECT_FALSE(GitIndex::contains(index->entries(), "dir"));
}

TEST_F(Index, MissingFileIsEmpty) {
  const auto index = GitIndex::read(root_ + "/none");
  ASSERT_TRUE(index);
  EXPECT_TRUE(index->entries().empty());
}

TEST_F(Index, BrokenOnes) {
  const std::string whole = small_file(index_file());
  for (const std::string& text :
       {std::string(), std::string("DIRC"), std::string(100, '\0'),
        "DIRX" + whole.substr(4),
        std::string("DIRC\0\0\0\5", 8) + whole.substr(8),
        whole.substr(0, 8) + "\xff\xff\xff\xff" + whole.substr(12)}) {
    EXPECT_FALSE(GitIndex::parse(text)) << text.size();
  }
  // Cut anywhere it may fail or not, but does no harm.
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    (void)GitIndex::parse(cut);
    std::string changed = whole;
    changed[size] = static_cast<char>(changed[size] ^ 0x55);
    (void)GitIndex::parse(changed);
  }
}

}  // namespace
}  // namespace overreach
