// Which ordinary files differ between two trees; only folders that differ are
// looked at.
#pragma once

#include <git2.h>

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/libgit2.h"

namespace overreach {

struct ChangedFile {
  std::string path;  // relative to the root of the tree
  git_oid now;
  std::optional<git_oid> before;  // the file of that path before
};

struct RemovedFile {
  std::string path;
  git_oid oid;
};

struct ChangedPaths {
  std::vector<ChangedFile> files;    // ordinary files, new or different
  std::vector<RemovedFile> removed;  // whose paths are gone
};

// The comparison itself, folder by folder.  Folders are named by their path
// from the root, empty or ending in '/'.  What cannot be compared goes to the
// diagnostics.
class TreeComparison {
 public:
  // Entries of the folder before that are still there, as the same kind of
  // thing.
  using Kept = std::unordered_set<const git_tree_entry*>;
  static constexpr int kMaxDepth = 4096;

  TreeComparison(git_repository* repository, Diagnostics& diagnostics)
      : repository_(repository), diagnostics_(diagnostics) {}

  // `before` may be null: everything is new.
  void compare_trees(const git_tree* before, const git_tree* now,
                     const std::string& folder, int depth);
  // The entries may be null, or of any kind.
  void compare_folder(const git_tree_entry* before, const git_oid& now,
                      const std::string& folder, int depth);
  void compare_file(const git_tree_entry* before, const git_oid& now,
                    std::string path);
  void collect_removed(const git_tree* before, const Kept& kept,
                       const std::string& folder, int depth);
  // A folder of the tree before; null when it cannot be read.
  GitTree load(const git_tree_entry* entry, const std::string& path);

  ChangedPaths take() { return std::move(found_); }

 private:
  git_repository* const repository_;
  Diagnostics& diagnostics_;
  ChangedPaths found_;
};

bool is_tree(const git_tree_entry* entry);  // false for null
bool is_regular(std::uint32_t mode);

}  // namespace overreach
