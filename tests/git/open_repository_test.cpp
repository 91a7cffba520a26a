#include "scanner/git/open_repository.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "scanner/git/tree_object.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

class Opened : public EachFormat {
 protected:
  void SetUp() override {
    EachFormat::SetUp();
    init(GetParam());
    shell(
        "for i in 1 2 3; do echo $i > a.txt; git add .; git commit -qm $i;"
        "done; git config advice.nestedTag false; git tag -am one v1; git tag "
        "-am two v2 v1; git tag light HEAD~1;"
        "git switch -qc side HEAD~2; echo s > side.txt; git add .;"
        "git commit -qm side; git switch -q main; git merge -q side -m merge;"
        "git clone -q . ../clone; cd ../clone; git config user.name c;"
        "git config user.email c@d.example; echo 4 > a.txt;"
        "git commit -qam four; git fetch -q; git switch -q -c topic;"
        "git branch -q -u origin/side");
    root_ = base_ + "/clone";
    auto opened = open_repository(root_, diagnostics);
    ASSERT_TRUE(opened) << opened.error().text;
    repository = std::move(*opened);
  }

  std::string named(const std::string& revision) const {
    const auto id = repository->commit_named(revision);
    return id ? id->hex() : "";
  }

  // As Git has it.
  std::string parsed(const std::string& revision) const {
    std::string id = shell("git rev-parse --verify -q '" + revision +
                           "^{commit}' 2>/dev/null || true");
    if (!id.empty()) id.pop_back();
    return id;
  }

  Diagnostics diagnostics;
  std::unique_ptr<OpenRepository> repository;
};

TEST_P(Opened, RevisionsAreThoseOfGit) {
  const std::string head = parsed("HEAD");
  for (const std::string& revision :
       {std::string("HEAD"),
        std::string("@"),
        std::string("main"),
        std::string("heads/main"),
        std::string("refs/heads/topic"),
        std::string("v1"),
        std::string("v2"),
        std::string("tags/v2"),
        std::string("light"),
        std::string("origin/side"),
        std::string("remotes/origin/main"),
        std::string("origin"),
        std::string("HEAD~"),
        std::string("HEAD~2"),
        std::string("HEAD^^"),
        std::string("HEAD~^2"),
        std::string("HEAD~1^2~1"),
        std::string("HEAD^0"),
        std::string("@~1"),
        std::string("v2^{}"),
        std::string("v2^{commit}~1"),
        std::string("@{u}"),
        std::string("topic@{upstream}~1"),
        std::string("main@{u}"),
        std::string("FETCH_HEAD"),
        head,
        head.substr(0, 9) + "~1",
        std::string("nosuch"),
        std::string("HEAD~99"),
        std::string("HEAD~99999999999999999999"),
        std::string("HEAD^3"),
        std::string("HEAD^{tree}"),
        std::string("HEAD:a.txt"),
        std::string("side@{u}"),
        std::string(GetParam() == "sha1" ? 40 : 64, 'a'),
        std::string("~1"),
        std::string("HEAD^{")}) {
    EXPECT_EQ(named(revision), parsed(revision)) << revision;
  }
  EXPECT_EQ(named(""), "");
}

TEST_P(Opened, ObjectsAreRead) {
  const auto head = repository->head();
  ASSERT_TRUE(head) << head.error().text;
  EXPECT_EQ(head->hex(), parsed("HEAD"));
  const auto tree = tree_of_commit(*repository, *head);
  ASSERT_TRUE(tree) << tree.error().text;
  EntryFinder finder(&*tree);
  const TreeEntry* const file = finder.find("a.txt", false);
  ASSERT_NE(file, nullptr);
  const auto text = repository->read(ObjectKind::blob, ObjectId(file->id));
  ASSERT_TRUE(text) << text.error().text;
  EXPECT_EQ(text->view(), "4\n");
  const auto other = repository->read(ObjectKind::tree, ObjectId(file->id));
  ASSERT_FALSE(other);
  EXPECT_NE(other.error().text.find("is no tree"), std::string::npos);
  const ObjectId absent(std::string(id_digits() / 2, '\x17'));
  EXPECT_FALSE(repository->read(ObjectKind::blob, absent));
}

INSTANTIATE_TEST_SUITE_P(Of, Opened, kFormats, format_name);

// "a-b", "a.txt" and "a/" stand in this order.
TEST(EntryFinder, FoldersAreSortedAsIfTheyEndedInASlash) {
  TreeObject tree;
  for (const auto& [name, is_folder] :
       {std::pair("a-b", false), {"a.txt", false}, {"a", true}, {"b", false}}) {
    TreeEntry entry;
    entry.name = name;
    entry.is_tree = is_folder;
    tree.entries.push_back(entry);
  }
  EntryFinder finder(&tree);
  EXPECT_EQ(finder.find("a", false), nullptr);
  EXPECT_EQ(finder.find("a.txt", false), &tree.entries[1]);
  EXPECT_EQ(finder.find("a.txt", false), &tree.entries[1]);
  EXPECT_EQ(finder.find("a", true), &tree.entries[2]);
  EXPECT_EQ(finder.find("c", false), nullptr);
  std::string others;
  finder.for_each_other([&](const TreeEntry& entry) { others += entry.name; });
  EXPECT_EQ(others, "a-bb");
  EXPECT_EQ(EntryFinder(nullptr).find("a", true), nullptr);
}

}  // namespace
}  // namespace overreach
