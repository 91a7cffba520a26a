// A Git work tree as the walk needs it: where it is, what it tracks, what it
// ignores.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "scanner/base/result.h"
#include "scanner/walk/folder.h"
#include "scanner/walk/git_index.h"
#include "scanner/walk/ignore.h"

namespace overreach {

struct WorkTree {
  std::string root;     // absolute
  std::string git_dir;  // absolute
  GitIndex index;
  bool ignore_case = false;
  // info/exclude and core.excludesFile, the lowest levels.
  std::shared_ptr<const IgnoreLevel> excludes;
};

// The Git folder of the work tree whose root is `folder`: `folder`/.git or
// where that file points.  Nothing when `folder` is no such root.
std::optional<std::string> git_dir_of(const std::string& folder);

// The root of the work tree that holds the absolute path `folder`.
std::optional<std::string> find_work_tree(std::string folder);

// Fails when the index cannot be read.
Result<std::shared_ptr<const WorkTree>> open_work_tree(const std::string& root);

// The text of a small file; empty when it cannot be read.  In an open folder it
// may not be a symbolic link.
std::string small_file(const std::string& path);
std::string small_file_at(int folder, const char* name);

}  // namespace overreach
