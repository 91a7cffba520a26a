#include "scanner/walk/staged_paths.h"

#include <string_view>
#include <unordered_set>
#include <utility>

#include "scanner/walk/libgit2.h"

namespace overreach {
namespace {

constexpr std::uint32_t kTypeMask = 0170000;
constexpr std::uint32_t kRegular = 0100000;
constexpr std::uint32_t kFolder = 0040000;
constexpr int kMaxDepth = 4096;

bool is_regular(std::uint32_t mode) { return (mode & kTypeMask) == kRegular; }

bool is_tree(const git_tree_entry* entry) {
  return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

// Entries of HEAD's folder that are still there, as the same kind of thing.
using Kept = std::unordered_set<const git_tree_entry*>;

class Comparison {
 public:
  Comparison(git_repository* repository, const GitIndex& index,
             Diagnostics& diagnostics)
      : repository_(repository), cursor_(index), diagnostics_(diagnostics) {}

  Result<StagedPaths> run(const git_tree* head,
                          const GitIndex::CachedTree& cached) {
    if (!cached.oid.empty() && head) {
      const git_oid now = git_oid_of(cached.oid.data());
      if (git_oid_equal(git_tree_id(head), &now)) return std::move(found_);
      if (const GitTree tree = load_tree(repository_, now)) {
        compare_trees(head, tree.get(), "", 0);
        return std::move(found_);
      }
    }
    compare_index(head, &cached, "", 0);
    TRY(cursor_.status());
    return std::move(found_);
  }

 private:
  // Takes the entries of the folder `prefix` (empty or ending in '/') from the
  // cursor.  `head` is that folder in HEAD, or null.
  void compare_index(const git_tree* head, const GitIndex::CachedTree* cached,
                     const std::string& prefix, int depth) {
    Kept kept;
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
          compare_file(before, git_oid_of(entry.oid), std::string(entry.path));
        }
        cursor_.next();
      } else if ((entry.mode & kTypeMask) == kFolder) {
        // A folder of a sparse index.
        compare_folder(before, git_oid_of(entry.oid), prefix + name + "/",
                       depth + 1);
        cursor_.next();
      } else if (depth < kMaxDepth) {
        enter(before, child(cached, name), prefix + name + "/", depth + 1);
      } else {
        diagnostics_.incomplete(entry.path, "is too deep to compare");
        cursor_.next();
      }
    }
    if (head) collect_removed(head, kept, prefix, depth);
  }

  // A folder of the index.
  void enter(const git_tree_entry* before, const GitIndex::CachedTree* cached,
             const std::string& prefix, int depth) {
    if (is_tree(before) && cached && !cached->oid.empty()) {
      const git_oid now = git_oid_of(cached->oid.data());
      const bool is_same = git_oid_equal(git_tree_entry_id(before), &now);
      const GitTree tree = is_same ? GitTree() : load_tree(repository_, now);
      if ((is_same || tree) && skip(cached->entries, prefix)) {
        if (tree) compare_folder(before, now, prefix, depth);
        return;
      }
    }
    const GitTree tree = is_tree(before) ? load(before, prefix) : GitTree();
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

  // A folder of which only the tree object is looked at.
  void compare_folder(const git_tree_entry* before, const git_oid& now,
                      const std::string& prefix, int depth) {
    if (is_tree(before) && git_oid_equal(git_tree_entry_id(before), &now)) {
      return;
    }
    const GitTree tree = load_tree(repository_, now);
    if (!tree) {
      return diagnostics_.incomplete(
          prefix, "its tree cannot be read: " + git_error_text());
    }
    const GitTree old = is_tree(before) ? load(before, prefix) : GitTree();
    compare_trees(old.get(), tree.get(), prefix, depth);
  }

  void compare_trees(const git_tree* head, const git_tree* now,
                     const std::string& prefix, int depth) {
    if (depth > kMaxDepth) {
      return diagnostics_.incomplete(prefix, "is too deep to compare");
    }
    Kept kept;
    for (std::size_t i = 0; i < git_tree_entrycount(now); ++i) {
      const git_tree_entry* const entry = git_tree_entry_byindex(now, i);
      const char* const name = git_tree_entry_name(entry);
      const git_tree_entry* const before =
          head ? git_tree_entry_byname(head, name) : nullptr;
      if (before && is_tree(before) == is_tree(entry)) kept.insert(before);
      const git_oid& oid = *git_tree_entry_id(entry);
      if (is_tree(entry)) {
        compare_folder(before, oid, prefix + name + "/", depth + 1);
      } else if (is_regular(static_cast<std::uint32_t>(
                     git_tree_entry_filemode(entry)))) {
        compare_file(before, oid, prefix + name);
      }
    }
    if (head) collect_removed(head, kept, prefix, depth);
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

  void compare_file(const git_tree_entry* before, const git_oid& now,
                    std::string path) {
    StagedFile file{std::move(path), now, std::nullopt};
    if (before && is_regular(static_cast<std::uint32_t>(
                      git_tree_entry_filemode(before)))) {
      if (git_oid_equal(git_tree_entry_id(before), &now)) return;
      file.before = *git_tree_entry_id(before);
    }
    found_.files.push_back(std::move(file));
  }

  void collect_removed(const git_tree* head, const Kept& kept,
                       const std::string& prefix, int depth) {
    if (depth > kMaxDepth) return;
    for (std::size_t i = 0; i < git_tree_entrycount(head); ++i) {
      const git_tree_entry* const entry = git_tree_entry_byindex(head, i);
      if (kept.contains(entry)) continue;
      if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
        found_.removed.push_back(
            {prefix + git_tree_entry_name(entry), *git_tree_entry_id(entry)});
      } else if (is_tree(entry)) {
        const std::string below = prefix + git_tree_entry_name(entry) + "/";
        if (const GitTree tree = load(entry, below)) {
          collect_removed(tree.get(), {}, below, depth + 1);
        }
      }
    }
  }

  // A folder of HEAD.
  GitTree load(const git_tree_entry* entry, const std::string& path) {
    GitTree tree = load_tree(repository_, *git_tree_entry_id(entry));
    if (!tree) {
      diagnostics_.incomplete(
          path, "its tree in HEAD cannot be read: " + git_error_text());
    }
    return tree;
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
  StagedPaths found_;
  std::string conflict_;  // the last path with one
};

}  // namespace

Result<StagedPaths> staged_paths(git_repository* repository,
                                 const git_tree* head, const GitIndex& index,
                                 Diagnostics& diagnostics) {
  return Comparison(repository, index, diagnostics)
      .run(head, index.cached_tree());
}

}  // namespace overreach
