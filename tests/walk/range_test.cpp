#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scanner/walk/added_lines.h"
#include "scanner/walk/walk.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Range : public EachFormat {
 protected:
  void SetUp() override {
    GitSandbox::SetUp();
    init(GetParam());
    write("base.txt", "one\ntwo\nthree\nfour\nfive\nsix\n");
    shell("git add -A && git commit -qm base && git tag base");
  }

  // "message path:first-last,..." of every file text; no lines: all count.
  std::vector<std::string> added(const RangeOptions& options) {
    Diagnostics diagnostics;
    std::vector<std::string> lines;
    std::string message;
    const auto change =
        range_change(options, diagnostics, [&](const TextSource& source) {
          EXPECT_EQ(source.commit.size(), id_digits());
          EXPECT_EQ(source.author, "a <a@b.example>");
          if (source.source == "message") {
            message = source.text.substr(0, source.text.find('\n'));
            return;
          }
          EXPECT_EQ(source.source, "commit");
          lines.push_back(message + " " + source.path + ":" +
                          listed(source.added_lines));
        });
    problems = diagnostics.take();
    if (!change) return {change.error().text};
    commits = change->commits;
    return lines;
  }

  std::vector<std::string> added(const std::string& from = "base") {
    RangeOptions options;
    options.from = {from};
    options.paths = {root_};
    return added(options);
  }

  // "path:first-last,..." of what is left at the end.
  std::vector<std::string> left(const std::string& from = "base") {
    Diagnostics diagnostics;
    std::vector<std::string> files;
    RangeOptions options;
    options.from = {from};
    options.paths = {root_};
    const auto change = range_change(
        options, diagnostics, [](const TextSource&) {},
        [&](const TextSource& source) {
          EXPECT_EQ(source.exposure, Exposure::tracked);
          EXPECT_EQ(source.commit, "");
          files.push_back(source.path + ":" + listed(source.added_lines));
        });
    problems = diagnostics.take();
    return change ? files : std::vector<std::string>{change.error().text};
  }

  static std::string listed(const LineRuns& lines) {
    std::string text;
    for (const auto& [first, last] : lines) {
      text += std::to_string(first) + "-" + std::to_string(last) + ",";
    }
    return text;
  }

  std::uint64_t commits = 0;
  std::vector<Problem> problems;
};

TEST_P(Range, EachCommitInOrder) {
  shell(
      "echo seven >> base.txt; git commit -qam second;"
      "sed -i 1d base.txt; echo new > new.txt; git add .; git commit -qm third;"
      "git mv new.txt moved.txt; git commit -qm fourth;"
      "git rm -q base.txt; git commit -qm fifth");
  EXPECT_THAT(added(), ElementsAre("second base.txt:7-7,", "third new.txt:"));
  EXPECT_EQ(commits, 4u);
}

TEST_P(Range, OnlyTheFirstBaseThatExistsCounts) {
  shell("echo seven >> base.txt; git commit -qam second");
  RangeOptions options;
  options.from = {"nosuch", "base", "HEAD"};
  options.paths = {root_};
  EXPECT_THAT(added(options), ElementsAre("second base.txt:7-7,"));
  options.from = {"nosuch"};
  options.guesses = {"base"};
  EXPECT_THAT(added(options), ElementsAre("second base.txt:7-7,"));
  options.guesses = {"HEAD"};
  EXPECT_THAT(added(options), ElementsAre(HasSubstr("holds no commit")));
}

// A merge adds only what neither side had: here the conflict's solution and a
// line of its own, but neither of the two sides' lines.
TEST_P(Range, MergesCountWithTheirOwnLines) {
  shell(
      "git switch -qc side; sed -i '1s/.*/ONE side/' base.txt;"
      "echo s > side.txt; git add .; git commit -qm side;"
      "git switch -q main; sed -i '1s/.*/ONE main/;6s/.*/SIX/' base.txt;"
      "git commit -qam main; git merge -q --no-commit side >/dev/null || true;"
      "printf 'ONE both\\ntwo\\nthree\\nfour\\nfive\\nSIX\\nown\\n' > base.txt;"
      "git add .; git commit -qm merge");
  EXPECT_THAT(added(), testing::UnorderedElementsAre(
                           "side base.txt:1-1,",
                           "side side.txt:", "main base.txt:1-1,6-6,",
                           "merge base.txt:1-1,7-7,"));
  EXPECT_THAT(added("main^"), testing::UnorderedElementsAre(
                                  "side base.txt:1-1,",
                                  "side side.txt:", "merge base.txt:1-1,7-7,"));
}

// One side moved the file, the other changed it: the merge adds nothing.
TEST_P(Range, AFileMovedOnOneSideOfAMerge) {
  shell(
      "git switch -qc side; git mv base.txt moved.txt; git commit -qm side;"
      "git switch -q main; echo seven >> base.txt; git commit -qam main;"
      "git merge -q side -m merge");
  EXPECT_THAT(added(), ElementsAre("main base.txt:7-7,"));
}

TEST_P(Range, TheFirstCommitOfAnUnrelatedHistory) {
  shell(
      "git checkout -q --orphan other; git rm -qrf .; echo o > other.txt;"
      "git add .; git commit -qm other");
  EXPECT_THAT(added(), ElementsAre("other other.txt:"));
}

TEST_P(Range, OfABareRepository) {
  shell("echo seven >> base.txt; git commit -qam second");
  shell("git clone -q --bare . ../bare.git");
  RangeOptions options;
  options.from = {"HEAD^"};
  options.paths = {base_ + "/bare.git"};
  EXPECT_THAT(added(options), ElementsAre("second base.txt:7-7,"));
}

TEST_P(Range, AMissingBlobIsSaidAndTheRestRead) {
  shell(
      "echo a > a.txt; echo b > b.txt; git add .; git commit -qm second;"
      "blob=$(git rev-parse HEAD:a.txt);"
      "rm -f .git/objects/${blob%${blob#??}}/${blob#??}");
  EXPECT_THAT(added(), ElementsAre("second b.txt:"));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].path, "a.txt");
}

TEST_P(Range, PathsAndSizes) {
  shell(
      "mkdir in; echo a > in/a.txt; echo aaaaaaaaaaaaaaa > in/large.txt;"
      "echo b > b.txt; git add .; git commit -qm second");
  RangeOptions options;
  options.from = {"base"};
  options.paths = {root_ + "/in"};
  options.max_file_bytes = 10;
  EXPECT_THAT(added(options), ElementsAre("second in/a.txt:"));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].path, "in/large.txt");
  EXPECT_EQ(problems[0].kind, Problem::Kind::left_out);
}

TEST_P(Range, WhatIsLeftAtTheEnd) {
  shell(
      "echo seven >> base.txt; echo a > a.txt; echo b > b.txt;"
      "mkdir moved; git add .; git commit -qm second;"
      "sed -i 1d base.txt; git rm -q a.txt; git mv base.txt moved/;"
      "sed -i '1i zero' b.txt; git add .; git commit -qm third");
  EXPECT_THAT(left(), ElementsAre("b.txt:", "moved/base.txt:6-6,"));
  EXPECT_THAT(left("HEAD^"), ElementsAre("b.txt:1-1,"));
  EXPECT_THAT(left("HEAD"), IsEmpty());
  shell("git revert -n HEAD HEAD^; git commit -qam back");
  EXPECT_THAT(left(), IsEmpty());
  EXPECT_TRUE(problems.empty());
}

// What came with merges of the base is not left by the range, also when the
// two have more than one best commit in common, also in a shallow clone.
TEST_P(Range, WhatIsLeftIsNotWhatTheBaseHas) {
  shell(
      "git switch -qc topic; echo t > topic.txt; git add .; git commit -qm t;"
      "git tag t; git switch -q main; echo m > main.txt; git add .;"
      "git commit -qm m; git tag m; git switch -q topic;"
      "git merge -q m -m merge; echo u > own.txt; git add .; git commit -qm u");
  EXPECT_THAT(left("main"), ElementsAre("own.txt:", "topic.txt:"));
  shell(
      "git switch -q main; git merge -q t -m cross; echo n > later.txt;"
      "git add .; git commit -qm n; git switch -q topic");
  EXPECT_THAT(left("main"), ElementsAre("own.txt:"));
  shell(
      "git clone -q --depth 4 --no-single-branch --branch topic "
      "\"file://$PWD\" ../shallow");
  root_ = base_ + "/shallow";
  EXPECT_THAT(left("origin/main"), ElementsAre("own.txt:"));
}

TEST_P(Range, WhatIsLeftOfAnUnrelatedHistoryIsAllOfIt) {
  shell(
      "git checkout -q --orphan other; echo o > other.txt; git add .;"
      "git commit -qm other");
  EXPECT_THAT(left(), ElementsAre("base.txt:", "other.txt:"));
}

TEST_P(Range, AMissingBlobIsSaidOnce) {
  shell(
      "echo a > a.txt; echo b > b.txt; git add .; git commit -qm second;"
      "blob=$(git rev-parse HEAD:a.txt);"
      "rm -f .git/objects/${blob%${blob#??}}/${blob#??}");
  EXPECT_THAT(left(), ElementsAre("b.txt:"));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].path, "a.txt");
  EXPECT_EQ(problems[0].kind, Problem::Kind::incomplete);
}

INSTANTIATE_TEST_SUITE_P(Of, Range, kFormats, format_name);

TEST(AddedLines, AtTheEdgesOfWhatBothHave) {
  struct Case {
    const char *before, *now;
    LineRuns added;
  };
  for (const Case& c : std::vector<Case>{
           {"a\nb\n", "a\nb\n", {}},
           {"", "a\nb\n", {{1, 2}}},
           {"", "a", {{1, 1}}},
           {"a\nb\n", "", {}},
           {"a\nb\n", "n\na\nb\n", {{1, 1}}},
           {"a\nb\n", "a\nn\nb\n", {{2, 2}}},
           {"a\nb\n", "a\nb\nn\n", {{3, 3}}},
           {"a\nb\n", "a\nb\nn", {{3, 3}}},
           {"a\nb", "a\nb\nn\n", {{2, 3}}},
           {"a\nb", "a\nb\n", {{2, 2}}},
           {"a\nb\n", "a\nb", {{2, 2}}},
           {"xa\nb\n", "a\nb\n", {{1, 1}}},
           {"a\nb\n", "xa\nb\n", {{1, 1}}},
           {"a\na\n", "a\na\na\n", {{3, 3}}},
           {"1\n2\n3\n4\n5\n", "1\nx\n3\ny\n5\n", {{2, 2}, {4, 4}}},
           {"a\r\nb\r\n", "a\r\nb\nc\r\n", {{2, 3}}},
       }) {
    EXPECT_EQ(added_lines(c.before, c.now), c.added) << c.before << c.now;
  }
  const std::string zero("a\0b\n", 4);
  EXPECT_FALSE(added_lines("a\n", zero));
}

TEST(LineRuns, InBoth) {
  struct Case {
    LineRuns a, b, both;
  };
  for (const Case& c : std::vector<Case>{
           {{}, {{1, 2}}, {}},
           {{{1, 2}}, {{1, 2}}, {{1, 2}}},
           {{{1, 5}}, {{2, 2}, {4, 9}}, {{2, 2}, {4, 5}}},
           {{{1, 1}, {3, 3}}, {{2, 2}, {4, 4}}, {}},
       }) {
    EXPECT_EQ(in_both(c.a, c.b), c.both);
    EXPECT_EQ(in_both(c.b, c.a), c.both);
  }
}

}  // namespace
}  // namespace overreach
