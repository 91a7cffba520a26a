#include "scanner/walk/walk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "scanner/walk/work_tree.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

using List = std::vector<std::string>;

class Walk : public GitSandbox {
 protected:
  List names(const List& targets, bool include_ignored = false) {
    last = walked(targets, include_ignored);
    EXPECT_EQ(last.error, "");
    EXPECT_EQ(last.calls, last.files.size()) << "something was read twice";
    return last.names();
  }
  List names() { return names(List{root_}); }
  Exposure exposure(const std::string& path) { return last.files.at(path); }

  Walked last;
};

TEST_F(Walk, PlainFolderHasEveryFile) {
  write(".gitignore", "*\n");
  write(".hidden/x", "");
  write("a/b/c", "");
  EXPECT_EQ(names(), (List{".gitignore", ".hidden/x", "a/b/c"}));
  EXPECT_EQ(exposure("a/b/c"), Exposure::untracked);
}

TEST_F(Walk, OddNames) {
  const List odd = {"\xff\xfe", "-rf", "a\nb", "quote'\"", "sp ace", "\t"};
  for (const std::string& name : odd) write(name, "x");
  List sorted = odd;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(names(), sorted);
}

TEST_F(Walk, LinksAndLoopsAreNotFollowed) {
  write("real/file", "");
  shell("ln -s .. real/loop; ln -s real/file link; ln -s /nowhere gone");
  EXPECT_EQ(names(), List{"real/file"});
  EXPECT_TRUE(last.problems.empty());
}

TEST_F(Walk, WhatCannotBeReadIsSaid) {
  shell("mkfifo pipe");
  EXPECT_EQ(names(), List{});
  ASSERT_EQ(last.problems.size(), 1u);
  EXPECT_EQ(last.problems[0].path, "pipe");
  EXPECT_EQ(last.problems[0].what, "FIFO");
  EXPECT_EQ(last.problems[0].kind, Problem::Kind::left_out);
}

TEST_F(Walk, UnreadableFolderIsIncomplete) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read all";
  write("closed/file", "");
  write("open", "");
  shell("chmod 0 closed");
  EXPECT_EQ(names(), List{"open"});
  ASSERT_EQ(last.problems.size(), 1u);
  EXPECT_EQ(last.problems[0].path, "closed");
}

TEST_F(Walk, WorkTree) {
  init();
  write(".gitignore", "*.log\nbuild/\n");
  for (const char* path : {"tracked", "new", "a.log", "kept.log", "build/x",
                           "build/kept", "build/sub/y"}) {
    write(path, "");
  }
  shell(
      "git add tracked .gitignore; git add -f kept.log build/kept; "
      "ln -s tracked link; git add link");
  EXPECT_EQ(names(),
            (List{".gitignore", "build/kept", "kept.log", "new", "tracked"}));
  EXPECT_EQ(exposure("new"), Exposure::untracked);
  EXPECT_EQ(exposure("build/kept"), Exposure::tracked);
  EXPECT_EQ(names({root_}, true),
            (List{".gitignore", "a.log", "build/kept", "build/sub/y", "build/x",
                  "kept.log", "new", "tracked"}));
  EXPECT_EQ(exposure("build/x"), Exposure::ignored);
  EXPECT_EQ(exposure("a.log"), Exposure::ignored);
  // What is named itself is read, ignored or not.
  EXPECT_EQ(names({root_ + "/build"}), (List{"kept", "sub/y", "x"}));
  EXPECT_EQ(names({root_ + "/a.log"}), List{root_ + "/a.log"});
  EXPECT_EQ(names({root_ + "/tracked"}), List{root_ + "/tracked"});
  EXPECT_EQ(exposure(root_ + "/tracked"), Exposure::tracked);
}

TEST_F(Walk, ExcludesOfTheUserAndTheRepository) {
  init();
  shell(
      "mkdir -p ../home/.config/git; echo global > ../home/.config/git/ignore"
      "; echo local > .git/info/exclude");
  for (const char* path : {"global", "local", "other"}) write(path, "");
  EXPECT_EQ(names(), List{"other"});
}

TEST_F(Walk, NestedRepositoriesFollowTheirOwnIndex) {
  init();
  write(".gitignore", "*.tmp\n");
  shell(
      "mkdir -p lib/sub; cd lib/sub; git init -q .; echo '*.own' > "
      ".gitignore; touch in.tmp in.own in; git add in");
  EXPECT_EQ(names(), (List{".gitignore", "lib/sub/.gitignore", "lib/sub/in",
                           "lib/sub/in.tmp"}));
  EXPECT_EQ(exposure("lib/sub/in"), Exposure::tracked);
}

TEST_F(Walk, LinkedWorkTree) {
  init();
  write("file", "x");
  shell("git add .; git commit -qm x; git worktree add -q ../linked");
  EXPECT_EQ(names({base_ + "/linked"}), List{"file"});
  EXPECT_EQ(exposure("file"), Exposure::tracked);
}

TEST_F(Walk, Sha256WorkTree) {
  shell("git init -q --object-format=sha256 .; touch a b; git add a");
  EXPECT_EQ(names(), (List{"a", "b"}));
  EXPECT_EQ(exposure("a"), Exposure::tracked);
  EXPECT_TRUE(last.problems.empty());
}

TEST_F(Walk, InsideTheGitFolder) {
  init();
  const List found = names({root_ + "/.git"});
  EXPECT_NE(std::find(found.begin(), found.end(), "config"), found.end());
}

TEST_F(Walk, BrokenIndexIsIncompleteAndAllIsRead) {
  init();
  write("a", "");
  write(".git/index", "nonsense");
  EXPECT_EQ(names(), List{"a"});
  ASSERT_EQ(last.problems.size(), 1u);
  EXPECT_EQ(last.problems[0].kind, Problem::Kind::incomplete);
}

TEST_F(Walk, TargetsThatOverlapAreReadOnce) {
  write("a/b/c", "");
  write("a/d", "");
  const std::string a = root_ + "/a";
  EXPECT_EQ(names({a, a, a + "/"}), (List{a + "/b/c", a + "/d"}));
  EXPECT_EQ(names({a, a + "/b"}), (List{a + "/b/c", a + "/d"}));
  EXPECT_EQ(names({a + "/d", a}), (List{a + "/b/c", a + "/d"}));
}

TEST_F(Walk, TargetsThatAreNoPlainFiles) {
  write("real", "");
  shell("ln -s real link; mkfifo pipe");
  EXPECT_EQ(names({root_ + "/link"}), List{root_ + "/link"});
  EXPECT_EQ(names({root_ + "/pipe"}), List{root_ + "/pipe"});
  const int descriptor = ::open((root_ + "/real").c_str(), O_RDONLY);
  const std::string path = "/dev/fd/" + std::to_string(descriptor);
  EXPECT_EQ(names({path}), List{path});
  ::close(descriptor);
}

TEST_F(Walk, MissingTargetFails) {
  EXPECT_NE(walked(List{root_ + "/none"}).error, "");
}

TEST_F(Walk, Excludes) {
  for (const char* path : {"a.min.js", "vendor/x", "src/vendor/y", "src/z"}) {
    write(path, "");
  }
  WalkOptions options;
  options.targets = {root_};
  options.excludes = {"*.min.js", "/vendor/"};
  EXPECT_EQ(walked(options).names(), (List{"src/vendor/y", "src/z"}));
}

TEST_F(Walk, FourThousandLevels) {
  int at = ::open(root_.c_str(), O_RDONLY | O_DIRECTORY);
  for (int level = 0; level < 4000; ++level) {
    ASSERT_EQ(::mkdirat(at, "level", 0755), 0);
    const int next = ::openat(at, "level", O_RDONLY | O_DIRECTORY);
    ASSERT_GE(next, 0);
    ::close(at);
    at = next;
  }
  ::close(::openat(at, "file", O_CREAT | O_WRONLY, 0644));
  ::close(at);
  const List found = names();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].size(), 4000u * 6 + 4);
  EXPECT_TRUE(last.problems.empty());
}

TEST_F(Walk, FewDescriptorsAreEnoughForWideAndDeep) {
  shell(
      "for i in $(seq 60); do mkdir -p w$i/d/e/f w$i/g/h; touch w$i/f "
      "w$i/d/e/f/x w$i/g/h/y; done");
  rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few{64, 64};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  EXPECT_EQ(names().size(), 180u);
  EXPECT_TRUE(last.problems.empty());
}

TEST_F(Walk, FilesThatVanishMeanwhile) {
  for (int i = 0; i < 30; ++i) {
    write("d" + std::to_string(i) + "/e/f", "");
  }
  Diagnostics diagnostics;
  WalkOptions options;
  options.targets = {root_};
  std::atomic<bool> is_first = true;
  const Status status = walk(options, diagnostics, [&](int, const FileSource&) {
    if (is_first.exchange(false)) {
      shell("rm -rf d*");
    }
  });
  EXPECT_TRUE(status);
  EXPECT_TRUE(diagnostics.take().empty());
}

TEST_F(Walk, TheSameForEveryThreadCount) {
  shell(
      "for i in $(seq 20); do mkdir -p a$i/b; touch a$i/x a$i/b/y; done; "
      "cd a1; touch $(seq 2000)");
  WalkOptions options;
  options.targets = {root_};
  for (const int threads : {1, 2, 8}) {
    options.threads = threads;
    const Walked result = walked(options);
    EXPECT_EQ(result.files.size(), 2040u) << threads;
    EXPECT_EQ(result.calls, 2040u) << threads;
  }
}

// A few files of one folder may be all that is left: a worker that has nothing
// to do takes the rest while one is read.
TEST_F(Walk, FilesOfOneFolderAreShared) {
  for (int i = 0; i < 60; ++i) write(std::to_string(i), "");
  WalkOptions options;
  options.targets = {root_};
  options.threads = 2;
  Diagnostics diagnostics;
  std::mutex mutex;
  std::condition_variable changed;
  std::set<int> workers;
  const Status status =
      walk(options, diagnostics, [&](int worker, const FileSource&) {
        std::unique_lock lock(mutex);
        workers.insert(worker);
        changed.notify_all();
        // Takes its time as long as nobody else reads.
        changed.wait_for(lock, std::chrono::milliseconds(50),
                         [&] { return workers.size() == 2; });
      });
  EXPECT_TRUE(status);
  EXPECT_EQ(workers.size(), 2u);
}

// Who takes files that another worker listed opens their folder again: by its
// name, which may be that of something else by then.
TEST_F(Walk, FilesOfAFolderThatIsReplacedMeanwhile) {
  for (int i = 0; i < 60; ++i) {
    write("a/b/" + std::to_string(i), "ours");
    write("../other/b/" + std::to_string(i), "not ours");
  }
  WalkOptions options;
  options.targets = {root_};
  options.threads = 2;
  Diagnostics diagnostics;
  std::mutex mutex;
  bool is_replaced = false;
  std::set<std::string> paths;
  const Status status =
      walk(options, diagnostics, [&](int, const FileSource& file) {
        std::unique_lock lock(mutex);
        if (!is_replaced) shell("mv a c; ln -s ../other a");
        is_replaced = true;
        EXPECT_EQ(small_file_at(file.directory, file.name), "ours");
        paths.emplace(file.path);
        // Slow enough for the other worker to take what is left.
        lock.unlock();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      });
  EXPECT_TRUE(status);
  for (const Problem& problem : diagnostics.take()) {
    EXPECT_EQ(problem.what, "removed or replaced meanwhile");
    EXPECT_TRUE(paths.insert(problem.path).second) << problem.path;
  }
  EXPECT_EQ(paths.size(), 60u);
}

}  // namespace
}  // namespace overreach
