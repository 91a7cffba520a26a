#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scanner/walk/walk.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

class Staged : public EachFormat {
 protected:
  void SetUp() override {
    GitSandbox::SetUp();
    init(GetParam());
  }

  void first_commit() {
    write("old.txt", "one\ntwo\nthree\n");
    write("a/deep/file.txt", "alpha\nbeta\ngamma\ndelta\n");
    write("b/other.txt", "unchanged and long enough to be itself\n");
    shell("git add -A && git commit -qm first");
  }

  // "path:first-last,..." of every source; no lines: all count.
  std::vector<std::string> staged(const std::string& path = {}) {
    return staged(StagedOptions{{path.empty() ? root_ : path}, {}, {}});
  }

  std::vector<std::string> staged(const StagedOptions& options) {
    Diagnostics diagnostics;
    std::vector<std::string> lines;
    const auto change = staged_change(options, diagnostics);
    if (!change) {
      error = change.error().text;
      return {"failed"};
    }
    is_empty = change->is_empty;
    texts.clear();
    for (const TextSource& source : change->texts) {
      EXPECT_EQ(source.exposure, Exposure::staged);
      EXPECT_EQ(source.source, "index");
      std::string line = source.path + ":";
      std::uint64_t count = 0;
      for (const auto& [first, last] : source.added_lines) {
        line += std::to_string(first) + "-" + std::to_string(last) + ",";
        count += last - first + 1;
      }
      if (!source.added_lines.empty()) {
        EXPECT_EQ(source.added_line_count, count);
      }
      lines.push_back(line + "+" + std::to_string(source.added_line_count));
      texts.push_back(source.text);
    }
    problems = diagnostics.take();
    return lines;
  }

  using List = std::vector<std::string>;
  bool is_empty = false;
  std::vector<std::string> texts;
  std::vector<Problem> problems;
  std::string error;
};

TEST_P(Staged, WhatCommandsStage) {
  first_commit();
  struct Case {
    const char* what;
    const char* command;
    List expected;
  };
  for (const Case& c : std::vector<Case>{
           {"nothing", "true", {}},
           {"not staged", "echo x >> old.txt", {}},
           {"at the end",
            "echo four >> old.txt; git add .",
            {"old.txt:4-4,+1"}},
           {"two places",
            "printf 'zero\\none\\ntwo\\nthree\\nfour\\nfive\\n' > old.txt;"
            "git add .",
            {"old.txt:1-1,5-6,+3"}},
           {"deep",
            "sed -i s/beta/BETA/ a/deep/file.txt; git add .",
            {"a/deep/file.txt:2-2,+1"}},
           {"only taken away", "sed -i 2d old.txt; git add .", {}},
           {"no line end",
            "printf 'one\\ntwo\\nthree\\nx' > old.txt; git add .",
            {"old.txt:4-4,+1"}},
           {"new file",
            "printf 'p\\nq\\n' > new.txt; git add .",
            {"new.txt:+2"}},
           {"new folders",
            "mkdir -p n/m; echo p > n/m/o; git add .",
            {"n/m/o:+1"}},
           {"mode", "chmod +x old.txt; git add .", {}},
           {"deletion", "git rm -q old.txt", {}},
           {"folder deleted", "git rm -qr a", {}},
           {"pure rename", "git mv a/deep/file.txt moved.txt", {}},
           {"folder renamed", "git mv a z", {}},
           {"renamed and edited",
            "git mv a/deep/file.txt moved.txt; echo omega >> moved.txt;"
            "git add .",
            {"moved.txt:5-5,+1"}},
           {"folder renamed, a file of it edited",
            "git mv a z; sed -i 1i\\\\alef z/deep/file.txt; git add .",
            {"z/deep/file.txt:1-1,+1"}},
           {"renamed and written anew",
            "git rm -q a/deep/file.txt; seq 40 > moved.txt; git add .",
            {"moved.txt:+40"}},
           {"copied and edited",
            "cp a/deep/file.txt copy.txt; echo omega >> copy.txt; git add .",
            {"copy.txt:+5"}},
           {"moved once, copied once",
            "cp a/deep/file.txt copy.txt; git mv a/deep/file.txt moved.txt;"
            "git add .",
            {"moved.txt:+4"}},
           {"moved under its name, copied under another",
            "cp a/deep/file.txt copy.txt; git mv a/deep/file.txt .;"
            "git add .",
            {"copy.txt:+4"}},
           {"moved into two files, one of them nearer",
            "cp a/deep/file.txt far.txt; echo 1 >> far.txt; echo 2 >> far.txt;"
            "git mv a/deep/file.txt near.txt; echo 1 >> near.txt; git add .",
            {"far.txt:+6", "near.txt:5-5,+1"}},
           {"intent to add", "echo p > later.txt; git add -N later.txt", {}},
           {"type change", "rm old.txt; ln -s target old.txt; git add .", {}},
           {"file to folder",
            "git rm -q old.txt; mkdir old.txt; echo q > old.txt/in; git add .",
            {"old.txt/in:+1"}},
           {"folder to file", "git rm -qr a; echo q > a; git add .", {"a:+1"}},
           {"gitlink",
            "git update-index --add --cacheinfo "
            "160000,$(git rev-parse HEAD),sub",
            {}},
           {"binary: all of it",
            "printf 'a\\0b\\nc\\n' > bin; git add .; git commit -qm b;"
            "printf 'a\\0b\\nc\\nd\\n' > bin; git add .",
            {"bin:+3"}},
           {"work tree differs",
            "echo staged >> old.txt; git add .; echo loose >> old.txt",
            {"old.txt:4-4,+1"}}}) {
    // As `git add` leaves the cache of trees, and as a hook finds it.
    struct Way {
      const char *version, *tree;
    };
    for (const Way& way :
         {Way{"2", ""}, {"2", "; git write-tree >/dev/null"}, {"4", ""}}) {
      const std::string scope =
          std::string(c.what) + " " + way.version + way.tree;
      shell("git update-index --index-version " + std::string(way.version) +
            "; " + c.command + way.tree);
      EXPECT_EQ(staged(), c.expected) << scope << " " << error;
      EXPECT_TRUE(problems.empty()) << scope;
      shell(
          "git reset -q --hard $(git rev-list --max-parents=0 HEAD) && "
          "git clean -qfdx");
    }
  }
}

TEST_P(Staged, BeforeTheFirstCommit) {
  EXPECT_EQ(staged(), List{});
  write("x/y.txt", "p\nq\n");
  write("z", "");
  shell("git add .");
  EXPECT_EQ(staged(), (List{"x/y.txt:+2", "z:+0"}));
  shell("git write-tree");
  EXPECT_EQ(staged(), (List{"x/y.txt:+2", "z:+0"}));
}

TEST_P(Staged, OnlyBelowThePaths) {
  first_commit();
  shell(
      "echo four >> old.txt; echo epsilon >> a/deep/file.txt;"
      "mkdir a2; echo x > a2/new.txt; git add . && git rm -q b/other.txt");
  const std::string old = "old.txt:4-4,+1", deep = "a/deep/file.txt:5-5,+1",
                    other = "a2/new.txt:+1";
  const struct {
    StagedOptions options;
    List expected;
  } cases[] = {
      {{{root_}, {}, {}}, {deep, other, old}},
      {{{root_ + "/"}, {}, {}}, {deep, other, old}},
      {{{root_ + "/a"}, {}, {}}, {deep}},
      {{{root_ + "/a/"}, {}, {}}, {deep}},
      {{{root_ + "/a/deep/../deep"}, {}, {}}, {deep}},
      {{{root_ + "/old.txt"}, {}, {}}, {old}},
      {{{root_ + "/a2", root_ + "/old.txt"}, {}, {}}, {other, old}},
      {{{root_ + "/a", root_ + "/a/deep"}, {}, {}}, {deep}},
      {{{root_ + "/b/other.txt"}, {}, {}}, {}},  // gone, and that is staged
      {{{root_}, {"a/", "*.md"}, {}}, {other, old}},
      {{{root_}, {"*.txt"}, {}}, {}},
      {{{root_}, {}, 10}, {other}},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(staged(c.options), c.expected) << c.options.paths[0] << error;
    EXPECT_FALSE(is_empty && c.options.excludes.empty());
  }
  EXPECT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].what, "larger than 10 bytes");
  EXPECT_EQ(staged(root_ + "/b"), List{});
  EXPECT_FALSE(is_empty);  // something is taken away
  shell("git reset -q; mkdir -p c; echo later > c/loose");
  EXPECT_EQ(staged(root_ + "/c"), List{});
  EXPECT_TRUE(is_empty);
  std::filesystem::create_symlink(root_, base_ + "/link");
  EXPECT_EQ(staged(base_ + "/link/c"), List{});
  EXPECT_EQ(staged(root_ + "/nosuch"), List{"failed"});
  EXPECT_NE(error.find("no such file"), error.npos) << error;
  EXPECT_EQ(staged({{root_ + "/a", base_ + "/home"}, {}, {}}), List{"failed"});
  EXPECT_NE(error.find("outside of the work tree"), error.npos) << error;
}

TEST_P(Staged, ManyFoldersWithOneChange) {
  for (int i = 0; i < 40; ++i) {
    const std::string folder = "f" + std::to_string(i);
    write(folder + "/a.txt", folder + "a\n");
    write(folder + "/sub/b.txt", folder + "b\n");
    write(folder + ".txt", folder + "\n");
  }
  shell(
      "git add -A && git commit -qm first && echo x >> f17/sub/b.txt && "
      "git add -A");
  EXPECT_EQ(staged(), List{"f17/sub/b.txt:2-2,+1"});
  shell("git write-tree; echo y >> f3.txt; git add -A");
  EXPECT_EQ(staged(), (List{"f17/sub/b.txt:2-2,+1", "f3.txt:2-2,+1"}));
}

TEST_P(Staged, ConflictIsIncomplete) {
  first_commit();
  shell(
      "git checkout -qb other && echo o >> old.txt && git commit -qam o && "
      "git checkout -q main && echo m >> old.txt && git commit -qam m && "
      "(git merge other >/dev/null 2>&1 || true)");
  EXPECT_EQ(staged(), List{});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].path, "old.txt");
  EXPECT_EQ(problems[0].kind, Problem::Kind::incomplete);
}

TEST_P(Staged, MissingObjectIsIncomplete) {
  first_commit();
  shell(
      "echo gone > new.txt; echo here > other.txt; git add . && "
      "id=$(git rev-parse :new.txt) && "
      "rm -f .git/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-)");
  EXPECT_EQ(staged(), List{"other.txt:+1"});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].path, "new.txt");
  EXPECT_EQ(problems[0].kind, Problem::Kind::incomplete);
}

TEST_P(Staged, TreeOfTheCacheIsGone) {
  first_commit();
  shell(
      "echo x >> old.txt; git add . && t=$(git write-tree) && "
      "rm -f .git/objects/$(echo $t | cut -c1-2)/$(echo $t | cut -c3-)");
  EXPECT_EQ(staged(), List{"old.txt:4-4,+1"});
  EXPECT_TRUE(problems.empty());
}

TEST_P(Staged, EverythingPacked) {
  first_commit();
  shell("echo x >> old.txt; git add . && git repack -adq && git prune-packed");
  EXPECT_EQ(staged(), List{"old.txt:4-4,+1"});
}

TEST_P(Staged, LinkedWorkTree) {
  first_commit();
  shell(
      "git worktree add -q ../linked && cd ../linked && echo l >> old.txt && "
      "git add .");
  EXPECT_EQ(staged(base_ + "/linked"), List{"old.txt:4-4,+1"});
  EXPECT_EQ(staged(), List{});
}

TEST_P(Staged, InsideHooks) {
  first_commit();
  shell(
      "cp .git/index other-index && echo x >> old.txt && "
      "GIT_INDEX_FILE=$PWD/other-index git add old.txt");
  EXPECT_EQ(staged(), List{});
  ::setenv("GIT_INDEX_FILE", (root_ + "/other-index").c_str(), 1);
  EXPECT_EQ(staged(), List{"old.txt:4-4,+1"});
  ::setenv("GIT_INDEX_FILE", "other-index", 1);  // below the root
  EXPECT_EQ(staged(), List{"old.txt:4-4,+1"});
  ::unsetenv("GIT_INDEX_FILE");
  ::setenv("GIT_DIR", (root_ + "/.git").c_str(), 1);
  EXPECT_EQ(staged(base_), List{});
  ::unsetenv("GIT_DIR");
}

TEST_P(Staged, HarmlessExtensionsOfTheRepository) {
  first_commit();
  shell(
      "git config core.repositoryFormatVersion 1 && "
      "git config extensions.worktreeConfig true && "
      "echo x >> old.txt && git add .");
  EXPECT_EQ(staged(), List{"old.txt:4-4,+1"}) << error;
}

TEST_P(Staged, SparseIndex) {
  first_commit();
  shell(
      "git sparse-checkout init --cone --sparse-index >/dev/null 2>&1 && "
      "git sparse-checkout set b >/dev/null 2>&1 && "
      "echo x >> b/other.txt && git add b");
  EXPECT_EQ(staged(), List{"b/other.txt:2-2,+1"}) << error;
}

TEST_P(Staged, Failures) {
  struct Case {
    const char* what;
    const char* command;
    const char* folder;
    const char* error;
  };
  for (const Case& c : {
           Case{"no repository", "mkdir -p ../plain", "/plain",
                "is in no Git work tree"},
           {"bare", "git init -q --bare ../bare.git", "/bare.git",
            "is a bare repository"},
           {"broken index",
            "git init -q ../broken && echo x > "
            "../broken/.git/index",
            "/broken", "not a Git index"},
           {"split index",
            "git init -q ../split && cd ../split && echo x > x && git add . && "
            "git update-index --split-index && echo y > y && git add .",
            "/split", "split index"},
       }) {
    shell(c.command);
    EXPECT_EQ(staged(base_ + c.folder), List{"failed"}) << c.what;
    EXPECT_NE(error.find(c.error), error.npos) << c.what << ": " << error;
  }
}

TEST_P(Staged, SomebodyElsesRepository) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
  first_commit();
  shell("chown -R 12345 . && unset SUDO_UID");
  EXPECT_EQ(staged(), List{"failed"});
  EXPECT_NE(error.find("safe.directory"), error.npos) << error;
}

INSTANTIATE_TEST_SUITE_P(Of, Staged, kFormats, format_name);

}  // namespace
}  // namespace overreach
