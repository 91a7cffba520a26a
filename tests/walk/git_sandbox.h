// Folders and repositories made for one test.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/walk/walk.h"

namespace overreach {

class GitSandbox : public testing::Test {
 protected:
  void SetUp() override {
    // In memory where that is possible: thousands of folders take seconds to
    // remove from a disk.
    const std::filesystem::path memory = "/dev/shm";
    std::string pattern = ((::access(memory.c_str(), W_OK) == 0
                                ? memory
                                : std::filesystem::temp_directory_path()) /
                           "overreach-walk-XXXXXX")
                              .string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    base_ = pattern;
    std::filesystem::create_directories(base_ + "/home");
    root_ = base_ + "/work";
    std::filesystem::create_directories(root_);
    ::setenv("HOME", (base_ + "/home").c_str(), 1);
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    for (const char* name :
         {"XDG_CONFIG_HOME", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE",
          "GIT_PREFIX", "GIT_CONFIG_GLOBAL"}) {
      ::unsetenv(name);
    }
  }

  void TearDown() override {
    // rm, for std::filesystem stops at paths longer than PATH_MAX.
    const std::string command =
        "chmod -R u+rwx '" + base_ + "' 2>/dev/null; rm -rf '" + base_ + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
    ::unsetenv("GIT_INDEX_FILE");
    ::unsetenv("GIT_DIR");
  }

  // Runs in the folder; what it prints.
  std::string shell(const std::string& command) const {
    const std::string all = "cd '" + root_ + "' && { " + command + "\n}";
    std::FILE* const pipe = ::popen(all.c_str(), "r");
    std::string output;
    char buffer[4096];
    for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
      output.append(buffer, n);
    }
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return output;
  }

  void init(const std::string& object_format = "sha1") const {
    shell("git init -q -b main --object-format=" + object_format +
          " . && git config user.email a@b.example && "
          "git config user.name a && git config gc.auto 0");
  }

  void write(const std::string& path, std::string_view text) const {
    const std::filesystem::path file = root_ + "/" + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }

  std::string base_, root_;
};

// Tests of one repository, once for each hash that Git has.
class EachFormat : public GitSandbox,
                   public testing::WithParamInterface<std::string> {
 protected:
  std::size_t id_digits() const { return GetParam() == "sha1" ? 40 : 64; }
};

inline const auto kFormats = testing::Values("sha1", "sha256");

inline std::string format_name(
    const testing::TestParamInfo<std::string>& info) {
  return info.param;
}

// The parts of a text between zeros, sorted.
inline std::vector<std::string> split_zeros(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

struct Walked {
  std::map<std::string, Exposure> files;
  std::size_t calls = 0;
  std::vector<Problem> problems;
  std::string error;

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& [name, exposure] : files) all.push_back(name);
    return all;
  }
};

inline Walked walked(const WalkOptions& options) {
  Walked result;
  Diagnostics diagnostics;
  std::mutex mutex;
  const Status status =
      walk(options, diagnostics, [&](int, const FileSource& file) {
        const std::lock_guard lock(mutex);
        ++result.calls;
        result.files.emplace(file.path, file.exposure);
      });
  if (!status) result.error = status.error().text;
  result.problems = diagnostics.take();
  return result;
}

inline Walked walked(const std::vector<std::string>& targets,
                     bool include_ignored = false) {
  WalkOptions options;
  options.targets = targets;
  options.include_ignored = include_ignored;
  options.threads = 3;
  return walked(options);
}

}  // namespace overreach
