#include "scanner/walk/folder.h"

#include <gtest/gtest.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace overreach {
namespace {

std::shared_ptr<Folder> opened(const char* name) {
  auto folder = Folder::open(name);
  EXPECT_TRUE(folder) << name;
  return folder ? *folder : nullptr;
}

std::shared_ptr<Folder> inside(const Folder& folder, const char* name) {
  auto found = folder.open_inside(name);
  EXPECT_TRUE(found) << name;
  return found ? *found : nullptr;
}

TEST(Folder, WhatTheSystemMakesUpIsNotPaged) {
  EXPECT_FALSE(opened("/proc")->is_paged());
  EXPECT_FALSE(inside(*opened("/"), "proc/sys")->is_paged());
}

TEST(Folder, PagedUpToTheEndOfItsFileSystem) {
  struct statfs status {};
  open_how how{};
  if (::statfs("/dev", &status) != 0 || status.f_type != TMPFS_MAGIC ||
      ::statfs("/dev/pts", &status) != 0 || status.f_type == TMPFS_MAGIC ||
      ::syscall(SYS_openat2, -1, "", &how, sizeof how) != -1 ||
      errno == ENOSYS || errno == EPERM) {
    GTEST_SKIP() << "no such file systems here";
  }
  const auto dev = opened("/dev");
  EXPECT_TRUE(dev->is_paged());
  EXPECT_TRUE(inside(*dev, ".")->is_paged());
  EXPECT_FALSE(inside(*dev, "pts")->is_paged());
}

}  // namespace
}  // namespace overreach
