#include "scanner/walk/staged_paths.h"

#include <string_view>
#include <utility>

namespace overreach {
namespace {

constexpr std::uint32_t kTypeMask = 0170000;
constexpr std::uint32_t kFolder = 0040000;
constexpr std::uint32_t kRegular = 0100000;

class IndexComparison {
 public:
  IndexComparison(const OpenRepository& repository, const GitIndex& index,
                  Diagnostics& diagnostics)
      : repository_(repository),
        id_bytes_(id_size(repository.hash_kind())),
        cursor_(index),
        diagnostics_(diagnostics),
        trees_(repository, diagnostics) {}

  Result<ChangedPaths> run(const TreeObject* head,
                           const GitIndex::CachedTree& cached) {
    if (!cached.oid.empty() && head) {
      const ObjectId now(cached.oid);
      if (head->id == now) return trees_.take();
      if (const auto tree = read_tree(repository_, now)) {
        trees_.compare_trees(head, *tree, "", 0);
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
  void compare_index(const TreeObject* head, const GitIndex::CachedTree* cached,
                     const std::string& prefix, int depth) {
    EntryFinder finder(head);
    while (cursor_.has_entry() && cursor_.entry().path.starts_with(prefix)) {
      const GitIndex::Entry& entry = cursor_.entry();
      const std::string_view rest = entry.path.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      const std::string name(rest.substr(0, slash));
      const bool is_folder = slash != rest.npos;
      const TreeEntry* const before = finder.find(name, is_folder);
      if (!is_folder) {
        if (is_plain(entry)) {
          trees_.compare_file(before, id_of(entry), std::string(entry.path));
        }
        cursor_.next();
      } else if ((entry.mode & kTypeMask) == kFolder) {
        // A folder of a sparse index.
        trees_.compare_folder(before, id_of(entry), prefix + name + "/",
                              depth + 1);
        cursor_.next();
      } else if (depth < TreeComparison::kMaxDepth) {
        enter(before, child(cached, name), prefix + name + "/", depth + 1);
      } else {
        diagnostics_.incomplete(entry.path, "is too deep to compare");
        cursor_.next();
      }
    }
    trees_.collect_removed(finder, prefix, depth);
  }

  // A folder of the index.
  void enter(const TreeEntry* before, const GitIndex::CachedTree* cached,
             const std::string& prefix, int depth) {
    if (before && cached && !cached->oid.empty()) {
      const bool is_same = before->id == cached->oid;
      const ObjectId now(cached->oid);
      const bool is_there = is_same || read_tree(repository_, now).has_value();
      if (is_there && skip(cached->entries, prefix)) {
        if (!is_same) trees_.compare_folder(before, now, prefix, depth);
        return;
      }
    }
    const auto tree = before ? trees_.load(*before, prefix) : std::nullopt;
    compare_index(tree ? &*tree : nullptr, cached, prefix, depth);
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
    return !entry.intent_to_add && (entry.mode & kTypeMask) == kRegular;
  }

  static const GitIndex::CachedTree* child(const GitIndex::CachedTree* cached,
                                           std::string_view name) {
    if (!cached) return nullptr;
    for (const GitIndex::CachedTree& tree : cached->children) {
      if (tree.name == name) return &tree;
    }
    return nullptr;
  }

  ObjectId id_of(const GitIndex::Entry& entry) const {
    return ObjectId({entry.oid, id_bytes_});
  }

  const OpenRepository& repository_;
  const std::size_t id_bytes_;
  GitIndex::Cursor cursor_;
  Diagnostics& diagnostics_;
  TreeComparison trees_;
  std::string conflict_;  // the last path with one
};

}  // namespace

Result<ChangedPaths> staged_paths(const OpenRepository& repository,
                                  const TreeObject* head, const GitIndex& index,
                                  Diagnostics& diagnostics) {
  return IndexComparison(repository, index, diagnostics)
      .run(head, index.cached_tree());
}

}  // namespace overreach
