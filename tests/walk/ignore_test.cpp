#include "scanner/walk/ignore.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

struct Case {
  std::string_view text, path;
  bool ignored;
  bool is_directory = false;
};

TEST(IgnoreLevel, OneFile) {
  for (const Case& c : {
           Case{"*.o\n", "a.o", true},
           {"*.o\n", "x/y/a.o", true},
           {"*.o", "a.o", true},
           {"*.o\r\n", "a.o", true},
           {"*.o\r", "a.o", true},
           {"\xef\xbb\xbf*.o\n", "a.o", true},
           {"# *.o\n", "# *.o", false},
           {"\\#x\n", "#x", true},
           {"\\!x\n", "!x", true},
           {"x  \n", "x", true},
           {"x\\ \n", "x ", true},
           {"/x\n", "x", true},
           {"/x\n", "a/x", false},
           {"a/x\n", "b/a/x", false},
           {"a/x\n", "a/x", true},
           {"x/\n", "x", false},
           {"x/\n", "x", true, true},
           {"x/\n", "a/x", true, true},
           {"*\n!*.txt\n", "a.txt", false},
           {"!*.txt\n*\n", "a.txt", true},
           {"**/x\n", "a/b/x", true},
           {"x/**\n", "x/a", true},
           {"x/**\n", "x", false, true},
           {"A\n", "a", false},
           {"\n\n/\n!\n", "a", false},
           {"x\\\n", "x\\", false},
       }) {
    const IgnoreLevel level(c.text, "", nullptr, false);
    EXPECT_EQ(level.is_ignored(c.path, c.is_directory), c.ignored)
        << c.text << " " << c.path;
  }
}

TEST(IgnoreLevel, DeeperOnesDecide) {
  const auto top = std::make_shared<const IgnoreLevel>("*.log\n/sub/x\n", "",
                                                       nullptr, false);
  const IgnoreLevel deep("!keep.log\n/y\n", "sub/", top, false);
  EXPECT_FALSE(deep.is_ignored("sub/keep.log", false));
  EXPECT_TRUE(deep.is_ignored("sub/other.log", false));
  EXPECT_TRUE(deep.is_ignored("sub/x", false));
  EXPECT_TRUE(deep.is_ignored("sub/y", false));
  EXPECT_FALSE(deep.is_ignored("sub/z/y", false));
}

// Trees, ignore files and tracked files by a fixed generator.
class AgainstGit : public GitSandbox {
 protected:
  std::size_t below(std::size_t limit) {
    return static_cast<std::size_t>(random_() % limit);
  }
  std::string one_of(const std::vector<std::string>& from) {
    return from[below(from.size())];
  }
  std::string name() {
    return one_of({"a", "b", "ab", "a.o", "b.txt", "Ab", "x y", "-x", "#c",
                   "!d", "a]b", "build", "a\\b", ".h", "[a]", "e\xff"});
  }
  std::string pattern() {
    std::string text = one_of({"", "", "", "!", "/", "**/", "!/"});
    for (std::size_t parts = 1 + below(3); parts > 0; --parts) {
      text +=
          one_of({name(), name(), name(), "*", "**", "a*", "*.o", "?", "[ab]*",
                  "[!a]*", "[[:alpha:]]", "\\a", "*b*", "[a-", "***", "*/*"});
      if (parts > 1 && below(3) > 0) text += "/";
    }
    return text + one_of({"", "", "", "/", " ", "\\ ", "/**", "\r", "/*"});
  }
  std::string ignore_file() {
    std::string text;
    for (std::size_t lines = below(6); lines > 0; --lines) {
      text += pattern() + "\n";
    }
    return text;
  }
  std::string folder() {
    std::string path;
    for (std::size_t depth = below(4); depth > 0; --depth) {
      path += one_of({"a", "b", "ab", "build", "x y", "Ab"}) + "/";
    }
    return path;
  }

  std::mt19937 random_{20240607};
};

TEST_F(AgainstGit, RandomTrees) {
  for (int round = 0; round < 30; ++round) {
    shell(
        "rm -rf ./* ./.[!.]* && git init -q . && git config "
        "core.ignorecase " +
        std::string(round % 10 ? "false" : "true"));
    for (int i = 0; i < 40; ++i) {
      const std::string path = root_ + "/" + folder() + name();
      std::error_code failed;  // a file may stand where a folder should
      std::filesystem::create_directories(
          std::filesystem::path(path).parent_path(), failed);
      if (!std::filesystem::is_directory(path)) std::ofstream(path) << "x";
    }
    std::vector<std::string> folders = {""};
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(root_)) {
      const std::string path = entry.path().string().substr(root_.size() + 1);
      if (path != ".git" && !path.starts_with(".git/") &&
          entry.is_directory()) {
        folders.push_back(path + "/");
      }
    }
    std::string rules;
    for (int i = 0; i < 3; ++i) {
      const std::string in = one_of(folders), text = ignore_file();
      write(in + ".gitignore", text);
      rules += in + ":\n" + text;
    }
    if (round % 4 == 0) write(".git/info/exclude", rules += ignore_file());
    // (Where case is ignored Git takes a/x for tracked when A/x is.)
    if (round % 3 == 0 && round % 10 != 0) {
      shell(
          "git ls-files -o -z | head -z -n 7 | "
          "git add -f --pathspec-from-file=- --pathspec-file-nul");
    }
    const Walked result = walked(std::vector<std::string>{root_});
    EXPECT_EQ(result.error, "");
    EXPECT_EQ(result.names(),
              split_zeros(shell("git ls-files -co --exclude-standard -z")))
        << "round " << round << " " << testing::PrintToString(rules);
    const Walked all = walked(std::vector<std::string>{root_}, true);
    std::vector<std::string> ignored;
    for (const auto& [path, exposure] : all.files) {
      if (exposure == Exposure::ignored) ignored.push_back(path);
    }
    EXPECT_EQ(ignored,
              split_zeros(shell("git ls-files -oi --exclude-standard -z")))
        << "round " << round << " " << testing::PrintToString(rules);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace overreach
