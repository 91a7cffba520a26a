#include "scanner/base/whole_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace overreach {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ReplaceFile, NewAndOld) {
  const fs::path folder = fs::path(testing::TempDir()) / "replace_file";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const std::string path = (folder / "x").string();
  ASSERT_TRUE(replace_file(path, "one"));
  EXPECT_EQ(content(path), "one");
  struct stat status;
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  ASSERT_TRUE(replace_file(path, std::string(100000, 'z'), 0644));
  EXPECT_EQ(content(path).size(), 100000u);
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0644u);
  const auto left = std::distance(fs::directory_iterator(folder), {});
  EXPECT_EQ(left, 1);  // no draft
}

TEST(ReplaceFile, SaysWhyNot) {
  const auto failed = replace_file("/nowhere/x", "one");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().text,
            "/nowhere/x: cannot be written: No such file or directory");
  const fs::path folder = fs::path(testing::TempDir()) / "replace_folder";
  fs::create_directories(folder / "in" / "it");
  EXPECT_FALSE(replace_file((folder / "in").string(), "one"));
  const auto left = std::distance(fs::directory_iterator(folder), {});
  EXPECT_EQ(left, 1);
}

TEST(ReadFile, WhatIsWrittenIsRead) {
  const std::string path = testing::TempDir() + "read_file";
  for (const std::size_t size : {0, 1, 65536, 200001}) {
    const std::string text(size, 'z');
    ASSERT_TRUE(replace_file(path, text));
    EXPECT_EQ(read_file(path).value(), text);
  }
}

// The library's streams throw at it.
TEST(ReadFile, AFolderIsAnError) {
  EXPECT_EQ(read_file("/").error().text, "/: cannot be read: Is a directory");
  EXPECT_EQ(read_file("/nowhere/x").error().text,
            "/nowhere/x: cannot be read: No such file or directory");
}

}  // namespace
}  // namespace overreach
