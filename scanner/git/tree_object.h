// A folder as a commit has it, read whole, and its entries found by name.
#pragma once

#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/git/object_id.h"
#include "scanner/git/open_repository.h"
#include "scanner/git/tree_entries.h"

namespace overreach {

struct TreeObject {
  ObjectId id;
  ObjectBytes bytes;
  std::vector<TreeEntry> entries;  // in Git's order; views into `bytes`
};

Result<TreeObject> read_tree(const OpenRepository& repository,
                             const ObjectId& id);

// The folder of everything that a commit has.
Result<TreeObject> tree_of_commit(const OpenRepository& repository,
                                  const ObjectId& commit);

// An ordinary file, no link.
inline bool is_regular(const TreeEntry& entry) {
  return entry.mode.starts_with("100");
}

// Finds entries by name, asked in Git's order.  Lives no longer than the tree.
class EntryFinder {
 public:
  // `tree` may be null: nothing is found.
  explicit EntryFinder(const TreeObject* tree);

  // Null when there is none, or none of that kind.
  const TreeEntry* find(std::string_view name, bool is_folder);

  // Those that nobody found.
  template <typename Use>
  void for_each_other(const Use& use) const {
    for (std::size_t i = 0; tree_ && i < tree_->entries.size(); ++i) {
      if (!is_found_[i]) use(tree_->entries[i]);
    }
  }

 private:
  const TreeObject* const tree_;
  std::size_t at_ = 0;
  std::vector<bool> is_found_;
};

}  // namespace overreach
