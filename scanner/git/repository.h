// Where a repository is: found without reading anything of it but the names of
// its folders, so that one that belongs to somebody else is not trusted.
#pragma once

#include <string>

#include "scanner/base/result.h"

namespace overreach {

// Absolute paths, each ending in '/'.
struct Repository {
  std::string git_dir;     // of this work tree
  std::string common_dir;  // of all its work trees: objects, refs, config
  std::string work_tree;   // empty for a bare repository

  const std::string& root() const {
    return work_tree.empty() ? git_dir : work_tree;
  }
};

// The one of the folder or of what holds it.  Fails when there is none, or when
// it is another user's and not in safe.directory of the user's own config.
Result<Repository> find_repository(const std::string& folder);

// The same, or that of GIT_DIR when that is set, as Git has it in a hook, which
// may run in the folder of a linked work tree.
Result<Repository> find_given_repository(const std::string& folder);

// The root without links and without a '/' at its end.
std::string canonical_root(const Repository& repository);

// Whether the folder is a repository's own: ".git", or a bare one.
bool is_git_dir(const std::string& folder);

// The text of a small file; empty when it cannot be read.
std::string small_text(const std::string& path);

}  // namespace overreach
