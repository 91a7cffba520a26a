// What people who want us to fail write, and what is only broken.

#include <sys/resource.h>

#include <algorithm>
#include <string>

#include "scanner/syntax/tree.h"
#include "scanner/syntax/tree_memory.h"
#include "tests/syntax/shown.h"

// What tree-sitter itself calls.
extern "C" {
extern void* (*ts_current_malloc)(size_t size);
extern void* (*ts_current_calloc)(size_t count, size_t size);
extern void* (*ts_current_realloc)(void* memory, size_t size);
extern void (*ts_current_free)(void* memory);
}

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

// At the end of the text the parser copies every way in which what was begun
// could have been meant: more than 12 GB without a limit of memory.
TEST(Limits, WhatIsBegunAgainAndAgainTakesLittleMemory) {
  const auto lines_of = [](std::string_view part) {
    std::string text;
    while (text.size() < 120'000) text += repeated(part, 600) + "\n";
    return text;
  };
  Syntax syntax;
  const std::pair<Language, std::string> cases[] = {
      {Language::csharp, lines_of("<a ")},
      {Language::python, lines_of("/*")},
  };
  for (const auto& [language, text] : cases) {
    const EntryList list = syntax.entries(language, text);
    EXPECT_FALSE(list.notes.empty());
    EXPECT_EQ(syntax.entries(language, "").notes.size(), 0u);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss, 1'500'000);  // KB
}

TEST(TreeMemory, EndsWorkThatWantsTooMuch) {
  struct Wish {
    std::size_t pieces, bytes, done = 0;
  };
  const auto work = [](void* argument) {
    Wish& wish = *static_cast<Wish*>(argument);
    for (; wish.done < wish.pieces; ++wish.done) ts_current_malloc(wish.bytes);
  };
  TreeMemory memory;
  Wish small{10, 1000};
  EXPECT_TRUE(memory.run(100'000, work, &small));
  EXPECT_GE(memory.used(), 10'000u);
  Wish large{1000, 1000};
  EXPECT_FALSE(memory.run(100'000, work, &large));
  EXPECT_LT(large.done, 100u);
  EXPECT_EQ(memory.used(), 0u);
  Wish again{50, 1000};
  EXPECT_TRUE(memory.run(100'000, work, &again));
}

// Pieces are a little larger than what was asked for.
TEST(TreeMemory, HoldsItsLimitWhateverTheSizes) {
  struct Wish {
    TreeMemory& memory;
    std::size_t bytes, most = 0;
  };
  const auto work = [](void* argument) {
    Wish& wish = *static_cast<Wish*>(argument);
    for (int i = 0; i < 100'000; ++i) {
      ts_current_malloc(wish.bytes);
      wish.most = std::max(wish.most, wish.memory.used());
    }
  };
  for (std::size_t bytes = 1; bytes < 100; ++bytes) {
    TreeMemory memory;
    Wish wish{memory, bytes};
    EXPECT_FALSE(memory.run(50'000 + bytes, work, &wish)) << bytes;
    EXPECT_LT(wish.most, 51'000u) << bytes;
  }
}

TEST(TreeMemory, CountsWhatIsGivenBack) {
  TreeMemory memory;
  const TreeMemory::Use use(memory);
  void* piece = ts_current_malloc(1000);
  piece = ts_current_realloc(piece, 50'000);
  EXPECT_GE(memory.used(), 50'000u);
  ts_current_free(piece);
  EXPECT_EQ(memory.used(), 0u);
  void* const zeros = ts_current_calloc(10, 10);
  EXPECT_EQ(static_cast<char*>(zeros)[99], 0);
  ts_current_free(zeros);
  ts_current_free(nullptr);
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
  EXPECT_EQ(entries_of("a.yml", text), Lines{"note: longer than 1 MB"});
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
