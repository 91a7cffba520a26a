#include "scanner/walk/staged_paths.h"

#include <string_view>
#include <utility>

#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

constexpr std::uint32_t kTypeMask = 0170000;
constexpr std::uint32_t kFolder = 0040000;

class IndexComparison {
 public:
  IndexComparison(git_repository* repository, const GitIndex& index,
                  Diagnostics& diagnostics)
      : repository_(repository),
        cursor_(index),
        diagnostics_(diagnostics),
        trees_(repository, diagnostics) {}

  Result<ChangedPaths> run(const git_tree* head,
                           const GitIndex::CachedTree& cached) {
    if (!cached.oid.empty() && head) {
      const git_oid now = git_oid_of(cached.oid.data());
      if (git_oid_equal(git_tree_id(head), &now)) return trees_.take();
      if (const GitTree tree = load_tree(repository_, now)) {
        trees_.compare_trees(head, tree.get(), "", 0);
        return trees_.take();
      }
    }
    compare_index(head, &cached, "", 0);
    TRY(cursor_.status());
    return trees_.take();
  }

 private:
  // Takes the entries of the folder `prefix` (empty or ending in '/') from the
  // cursor.  `head` is that folder in HEAD, or null.
  void compare_index(const git_tree* head, const GitIndex::CachedTree* cached,
                     const std::string& prefix, int depth) {
    TreeComparison::Kept kept;
    while (cursor_.has_entry() && cursor_.entry().path.starts_with(prefix)) {
      const GitIndex::Entry& entry = cursor_.entry();
      const std::string_view rest = entry.path.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      const std::string name(rest.substr(0, slash));
      const git_tree_entry* const before =
          head ? git_tree_entry_byname(head, name.c_str()) : nullptr;
      const bool is_folder = slash != rest.npos;
      if (before && is_tree(before) == is_folder) kept.insert(before);
      if (!is_folder) {
        if (is_plain(entry)) {
          trees_.compare_file(before, git_oid_of(entry.oid),
                              std::string(entry.path));
        }
        cursor_.next();
      } else if ((entry.mode & kTypeMask) == kFolder) {
        // A folder of a sparse index.
        trees_.compare_folder(before, git_oid_of(entry.oid),
                              prefix + name + "/", depth + 1);
        cursor_.next();
      } else if (depth < TreeComparison::kMaxDepth) {
        enter(before, child(cached, name), prefix + name + "/", depth + 1);
      } else {
        diagnostics_.incomplete(entry.path, "is too deep to compare");
        cursor_.next();
      }
    }
    if (head) trees_.collect_removed(head, kept, prefix, depth);
  }

  // A folder of the index.
  void enter(const git_tree_entry* before, const GitIndex::CachedTree* cached,
             const std::string& prefix, int depth) {
    if (is_tree(before) && cached && !cached->oid.empty()) {
      const git_oid now = git_oid_of(cached->oid.data());
      const bool is_same = git_oid_equal(git_tree_entry_id(before), &now);
      const GitTree tree = is_same ? GitTree() : load_tree(repository_, now);
      if ((is_same || tree) && skip(cached->entries, prefix)) {
        if (tree) trees_.compare_folder(before, now, prefix, depth);
        return;
      }
    }
    const GitTree tree =
        is_tree(before) ? trees_.load(before, prefix) : GitTree();
    compare_index(tree.get(), cached, prefix, depth);
  }

  // False, and stays, when these are not exactly the entries of the folder.
  bool skip(std::size_t entries, const std::string& prefix) {
    if (entries == 0) return false;
    GitIndex::Cursor ahead = cursor_;
    ahead.skip(entries - 1);
    if (!ahead.has_entry() || !ahead.entry().path.starts_with(prefix)) {
      return false;
    }
    ahead.next();
    if (ahead.has_entry() && ahead.entry().path.starts_with(prefix)) {
      return false;
    }
    cursor_ = std::move(ahead);
    return true;
  }

  // Whether the entry is an ordinary file that will be committed.
  bool is_plain(const GitIndex::Entry& entry) {
    if (entry.stage > 0) {
      if (entry.path != conflict_) {
        conflict_ = entry.path;
        diagnostics_.incomplete(
            conflict_, "has an unresolved conflict: nothing of it is staged");
      }
      return false;
    }
    return !entry.intent_to_add && is_regular(entry.mode);
  }

  static const GitIndex::CachedTree* child(const GitIndex::CachedTree* cached,
                                           std::string_view name) {
    if (!cached) return nullptr;
    for (const GitIndex::CachedTree& tree : cached->children) {
      if (tree.name == name) return &tree;
    }
    return nullptr;
  }

  git_repository* const repository_;
  GitIndex::Cursor cursor_;
  Diagnostics& diagnostics_;
  TreeComparison trees_;
  std::string conflict_;  // the last path with one
};

}  // namespace

Result<ChangedPaths> staged_paths(git_repository* repository,
                                  const git_tree* head, const GitIndex& index,
                                  Diagnostics& diagnostics) {
  return IndexComparison(repository, index, diagnostics)
      .run(head, index.cached_tree());
}

}  // namespace overreach
