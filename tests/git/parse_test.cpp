#include "scanner/git/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scanner/git/tree_entries.h"
#include "scanner/history/commits.h"

namespace overreach {
namespace {

using std::string_literals::operator""s;

const std::string kTree(40, '1'), kParent(40, '2');

TEST(Parse, Commit) {
  const std::string text =
      "tree " + kTree + "\nparent " + kParent + "\nparent " + kTree +
      "\nauthor A B <a@b> 1700000000 +0100\n"
      "committer C <c@d> 1700000100 -0500\n"
      "gpgsig -----BEGIN\n parent of nothing\n tree x\n\nSubject\n\nBody\n";
  const auto commit = parse_commit(text);
  ASSERT_TRUE(commit);
  EXPECT_EQ(commit->tree.hex(), kTree);
  ASSERT_EQ(commit->parents.size(), 2u);
  EXPECT_EQ(commit->author.name, "A B <a@b>");
  EXPECT_EQ(commit->author.date(), "2023-11-14T22:13:20Z");
  EXPECT_EQ(commit->committed, 1700000100);
  EXPECT_EQ(commit->message, "Subject\n\nBody\n");
}

TEST(Parse, BrokenCommitsAndTags) {
  for (const std::string& text :
       std::vector<std::string>{std::string(), std::string("\n\n"),
                                "tree " + kTree.substr(1) + "\n\n",
                                "tree " + kTree + "\nparent x\n\n",
                                std::string("parent"), std::string("tree")}) {
    EXPECT_FALSE(parse_commit(text)) << text;
  }
  EXPECT_FALSE(parse_tag("tag v1\n\nno object"));
  const std::string text = "tree " + kTree + "\nauthor nobody";
  const auto odd = parse_commit(text);
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->author.name, "nobody");
  EXPECT_EQ(odd->message, "");
}

TEST(Parse, Tree) {
  const std::string id(20, 'x');
  const std::string whole =
      "100644 a\0"s + id + "40000 b c\0"s + id + "160000 m\0"s + id;
  std::vector<std::string> names;
  const auto use = [&](const TreeEntry& entry) {
    names.push_back(std::string(entry.name) + (entry.is_tree ? "/" : "") +
                    (entry.is_file ? "." : ""));
  };
  EXPECT_TRUE(for_each_entry(whole, 20, use));
  EXPECT_THAT(names, testing::ElementsAre("a.", "b c/", "m"));
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const bool is_end = size == 9 + id.size() || size == 19 + 2 * id.size();
    EXPECT_EQ(for_each_entry(std::string_view(whole).substr(0, size), 20,
                             [](const TreeEntry&) {}),
              is_end)
        << size;
  }
}

// Of a store whose objects are a, b, c ...
Commits commits_of(Commits::Found found) {
  std::vector<Commits::Found> all;
  all.push_back(std::move(found));
  return {std::move(all), 26, [](std::uint32_t place) {
            return ObjectId(std::string(20, static_cast<char>('a' + place)));
          }};
}

TEST(Commits, ParentsComeFirstWhateverTheirDates) {
  constexpr std::uint32_t a = 0, b = 1, c = 2, d = 3, tree = 19, missing = 26;
  Commits::Found found;
  found.add(d, tree, 1, std::vector{b, c});
  found.add(b, tree, 9, std::vector{a});
  found.add(c, Commits::kNone, 5, std::vector{a, missing});
  found.add(a, tree, 7, {});
  Commits commits = commits_of(std::move(found));
  commits.count_all();
  std::vector<std::uint32_t> order;
  for (std::size_t i = 0; i < commits.size(); ++i) {
    order.push_back(commits.place_at(i));
  }
  EXPECT_THAT(order, testing::ElementsAre(a, c, b, d));
  EXPECT_THAT(commits.parents_at(3), testing::UnorderedElementsAre(1u, 2u));
  EXPECT_EQ(commits.tree_at(0), tree);
  EXPECT_EQ(commits.tree_at(1), Commits::kNone);
  EXPECT_THAT(commits.count_reachable({c}), testing::ElementsAre(missing));
  EXPECT_EQ(commits.size(), 2u);
  EXPECT_TRUE(commits.has(d));
  EXPECT_FALSE(commits.number_of(d));
  EXPECT_FALSE(commits.has(tree));
}

TEST(Commits, OfOneDateByTheirIds) {
  Commits::Found found;
  for (const std::uint32_t place : {4u, 2u, 9u}) found.add(place, 19, 7, {});
  Commits commits = commits_of(std::move(found));
  commits.count_all();
  EXPECT_EQ(commits.place_at(0), 2u);
  EXPECT_EQ(commits.place_at(2), 9u);
}

}  // namespace
}  // namespace overreach
