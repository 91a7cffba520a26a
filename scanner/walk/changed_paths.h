// Which ordinary files differ between two trees; only folders that differ are
// looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/git/open_repository.h"
#include "scanner/git/tree_object.h"

namespace overreach {

struct ChangedFile {
  std::string path;  // relative to the root of the tree
  ObjectId now;
  ObjectId before;  // the file of that path before; or empty
};

struct RemovedFile {
  std::string path;
  ObjectId id;
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
  static constexpr int kMaxDepth = 4096;

  TreeComparison(const OpenRepository& repository, Diagnostics& diagnostics)
      : repository_(repository), diagnostics_(diagnostics) {}

  // `before` may be null: everything is new.
  void compare_trees(const TreeObject* before, const TreeObject& now,
                     const std::string& folder, int depth);
  // The entry is of the same kind, or null.
  void compare_folder(const TreeEntry* before, const ObjectId& now,
                      const std::string& folder, int depth);
  void compare_file(const TreeEntry* before, const ObjectId& now,
                    std::string path);
  // What stood in the folder before and was not found again.
  void collect_removed(const EntryFinder& before, const std::string& folder,
                       int depth);
  // A folder of the tree before; nothing when it cannot be read.
  std::optional<TreeObject> load(const TreeEntry& entry,
                                 const std::string& path);

  ChangedPaths take() { return std::move(found_); }

 private:
  const OpenRepository& repository_;
  Diagnostics& diagnostics_;
  ChangedPaths found_;
};

}  // namespace overreach
