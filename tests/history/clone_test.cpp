#include "scanner/history/clone.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "scanner/history/temporary_folder.h"

namespace overreach {
namespace {

TEST(Clone, WhatIsAUrl) {
  for (const char* url :
       {"https://host/owner/repo", "https://user:word@host/x.git",
        "ssh://git@host:22/x", "git@host:owner/repo", "file:///tmp/x",
        "http://host/x", "git://host/x"}) {
    EXPECT_TRUE(is_repository_url(url)) << url;
  }
  for (const char* path : {".", "-", "a/b", "/tmp/x", "a@b", "folder/a@b:c",
                           "C:", "x:y", "./https://x", "@", ""}) {
    EXPECT_FALSE(is_repository_url(path)) << path;
  }
}

TEST(Clone, ThePasswordOfAUrlIsNotShown) {
  EXPECT_EQ(shown_url("https://user:word@host/a@b"), "https://host/a@b");
  EXPECT_EQ(shown_url("https://word@host"), "https://host");
  EXPECT_EQ(shown_url("https://host/x"), "https://host/x");
  EXPECT_EQ(shown_url("git@host:x/y"), "git@host:x/y");
}

TEST(TemporaryFolder, IsPrivateAndGoes) {
  std::string path;
  {
    const auto folder = TemporaryFolder::make();
    ASSERT_TRUE(folder) << folder.error().text;
    path = (*folder)->path();
    struct stat status;
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
    std::filesystem::create_directories(path + "/a/b");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

// A process that is killed cannot tidy up; its child does.
TEST(TemporaryFolder, GoesWhenTheProcessIsKilled) {
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t process = ::fork();
  if (process == 0) {
    const auto folder = TemporaryFolder::make();
    if (folder && ::write(pipe[1], (*folder)->path().data(),
                          (*folder)->path().size()) > 0) {
      ::raise(SIGKILL);
    }
    ::_exit(1);
  }
  ::close(pipe[1]);
  std::string path(4096, '\0');
  path.resize(
      static_cast<std::size_t>(::read(pipe[0], path.data(), path.size())));
  int status = 0;
  ASSERT_EQ(::waitpid(process, &status, 0), process);
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_FALSE(path.empty());
  for (int i = 0; i < 1000 && std::filesystem::exists(path); ++i) {
    ::usleep(10'000);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TemporaryFolder, SaysWhereItCannotBe) {
  ::setenv("TMPDIR", "/nowhere/at/all", 1);
  const auto folder = TemporaryFolder::make();
  ::unsetenv("TMPDIR");
  ASSERT_FALSE(folder);
  EXPECT_NE(folder.error().text.find("/nowhere/at/all"), std::string::npos);
}

}  // namespace
}  // namespace overreach
