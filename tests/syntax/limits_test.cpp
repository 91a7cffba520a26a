// What people who want us to fail write, and what is only broken.

#include <string>

#include "scanner/syntax/tree.h"
#include "tests/syntax/shown.h"

namespace overreach {
namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(Limits, NestingIsCutAndSaid) {
  const std::pair<const char*, std::string> cases[] = {
      {"a.json", repeated("[", 50'000) + repeated("]", 50'000)},
      {"a.json", repeated("{\"a\":", 20'000) + "1" + repeated("}", 20'000)},
      {"a.yml", repeated("[", 5'000) + repeated("]", 5'000)},
      {"a.py", "env = " + repeated("(", 20'000) + repeated(")", 20'000)},
      {"a.js", "env = " + repeated("[", 20'000) + repeated("]", 20'000)},
      {"a.tf", "a = " + repeated("[", 5'000) + repeated("]", 5'000)},
      {"a.toml", "a = " + repeated("[", 5'000) + repeated("]", 5'000)},
      {"a.sh", repeated("$(", 5'000) + "x" + repeated(")", 5'000)},
  };
  for (const auto& [path, text] : cases) {
    Syntax syntax;
    const EntryList list = syntax.entries(language_of(path), text);
    check_entries(list, text);
    EXPECT_FALSE(list.notes.empty()) << path;
  }
}

TEST(Limits, DeepElementsOfXml) {
  const std::string text = repeated("<a>", 10'000) + "x";
  const Lines lines = entries_of("a.xml", text);
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines.back(), "note: nested deeper than 250");
}

TEST(Limits, AliasesDoNotMultiply) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
            repeated(before + ", ", 8) + before + "]\n";
  }
  Syntax syntax;
  const EntryList list = syntax.entries(Language::yaml, text);
  EXPECT_LT(list.entries().size(), 25'000U);
  ASSERT_EQ(list.notes.size(), 1U);
  EXPECT_EQ(list.notes[0], "aliases that stand for too many values");
}

TEST(Limits, AnAliasInsideItself) {
  EXPECT_EQ(entries_of("a.yml", "a: &a {b: *a, <<: *a}\n").back(),
            "note: aliases that stand for too many values");
}

TEST(Limits, LongFilesAreSaid) {
  const std::string text = "a: " + std::string(kMaxSyntaxBytes, 'x');
  EXPECT_EQ(entries_of("a.yml", text), Lines{"note: longer than 4 MB"});
}

TEST(Limits, WhatIsBrokenDoesNotTakeTheRestAlong) {
  const Lines lines =
      entries_of("a.py", "def f(:\n  )(\nA = os.environ['X'] or 'y'\n");
  EXPECT_NE(std::find(lines.begin(), lines.end(), "3:25 fallback A = y ^0"),
            lines.end());
  EXPECT_EQ(lines.back(), "note: some of it is not well-formed");
}

TEST(Tree, NodesHaveOffsetsOfTheFile) {
  Tree tree;
  ASSERT_EQ(tree.parse(Language::json, R"({"a": [1, "b"]})", 100),
            Tree::Outcome::complete);
  EXPECT_EQ(tree.root().begin(), 100);
  EXPECT_EQ(tree.root().text(), R"({"a": [1, "b"]})");
  EXPECT_FALSE(Node().parent().first().next().child("a"));
}

}  // namespace
}  // namespace overreach
