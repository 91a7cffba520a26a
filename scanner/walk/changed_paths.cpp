#include "scanner/walk/changed_paths.h"

#include <utility>

namespace overreach {

bool is_regular(std::uint32_t mode) {
  constexpr std::uint32_t kTypeMask = 0170000;
  constexpr std::uint32_t kRegular = 0100000;
  return (mode & kTypeMask) == kRegular;
}

bool is_tree(const git_tree_entry* entry) {
  return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

void TreeComparison::compare_folder(const git_tree_entry* before,
                                    const git_oid& now,
                                    const std::string& folder, int depth) {
  if (is_tree(before) && git_oid_equal(git_tree_entry_id(before), &now)) {
    return;
  }
  const GitTree tree = load_tree(repository_, now);
  if (!tree) {
    return diagnostics_.incomplete(
        folder, "its tree cannot be read: " + git_error_text());
  }
  const GitTree old = is_tree(before) ? load(before, folder) : GitTree();
  compare_trees(old.get(), tree.get(), folder, depth);
}

void TreeComparison::compare_trees(const git_tree* before, const git_tree* now,
                                   const std::string& folder, int depth) {
  if (depth > kMaxDepth) {
    return diagnostics_.incomplete(folder, "is too deep to compare");
  }
  Kept kept;
  for (std::size_t i = 0; i < git_tree_entrycount(now); ++i) {
    const git_tree_entry* const entry = git_tree_entry_byindex(now, i);
    const char* const name = git_tree_entry_name(entry);
    const git_tree_entry* const old =
        before ? git_tree_entry_byname(before, name) : nullptr;
    if (old && is_tree(old) == is_tree(entry)) kept.insert(old);
    const git_oid& oid = *git_tree_entry_id(entry);
    if (is_tree(entry)) {
      compare_folder(old, oid, folder + name + "/", depth + 1);
    } else if (is_regular(static_cast<std::uint32_t>(
                   git_tree_entry_filemode(entry)))) {
      compare_file(old, oid, folder + name);
    }
  }
  if (before) collect_removed(before, kept, folder, depth);
}

void TreeComparison::compare_file(const git_tree_entry* before,
                                  const git_oid& now, std::string path) {
  ChangedFile file{std::move(path), now, std::nullopt};
  if (before &&
      is_regular(static_cast<std::uint32_t>(git_tree_entry_filemode(before)))) {
    if (git_oid_equal(git_tree_entry_id(before), &now)) return;
    file.before = *git_tree_entry_id(before);
  }
  found_.files.push_back(std::move(file));
}

void TreeComparison::collect_removed(const git_tree* before, const Kept& kept,
                                     const std::string& folder, int depth) {
  if (depth > kMaxDepth) return;
  for (std::size_t i = 0; i < git_tree_entrycount(before); ++i) {
    const git_tree_entry* const entry = git_tree_entry_byindex(before, i);
    if (kept.contains(entry)) continue;
    if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
      found_.removed.push_back(
          {folder + git_tree_entry_name(entry), *git_tree_entry_id(entry)});
    } else if (is_tree(entry)) {
      const std::string below = folder + git_tree_entry_name(entry) + "/";
      if (const GitTree tree = load(entry, below)) {
        collect_removed(tree.get(), {}, below, depth + 1);
      }
    }
  }
}

GitTree TreeComparison::load(const git_tree_entry* entry,
                             const std::string& path) {
  GitTree tree = load_tree(repository_, *git_tree_entry_id(entry));
  if (!tree) {
    diagnostics_.incomplete(
        path, "its tree before the change cannot be read: " + git_error_text());
  }
  return tree;
}

}  // namespace overreach
