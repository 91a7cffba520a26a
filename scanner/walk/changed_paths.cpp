#include "scanner/walk/changed_paths.h"

namespace overreach {

void TreeComparison::compare_folder(const TreeEntry* before,
                                    const ObjectId& now,
                                    const std::string& folder, int depth) {
  if (before && before->id == now.bytes()) return;
  const auto tree = read_tree(repository_, now);
  if (!tree) {
    return diagnostics_.incomplete(
        folder, "its tree cannot be read: " + tree.error().text);
  }
  const auto old = before ? load(*before, folder) : std::nullopt;
  compare_trees(old ? &*old : nullptr, *tree, folder, depth);
}

void TreeComparison::compare_trees(const TreeObject* before,
                                   const TreeObject& now,
                                   const std::string& folder, int depth) {
  if (depth > kMaxDepth) {
    return diagnostics_.incomplete(folder, "is too deep to compare");
  }
  EntryFinder finder(before);
  for (const TreeEntry& entry : now.entries) {
    const TreeEntry* const old = finder.find(entry.name, entry.is_tree);
    if (old && old->id == entry.id && old->mode == entry.mode) continue;
    std::string path = folder + std::string(entry.name);
    if (entry.is_tree) {
      compare_folder(old, ObjectId(entry.id), path + "/", depth + 1);
    } else if (is_regular(entry)) {
      compare_file(old, ObjectId(entry.id), std::move(path));
    }
  }
  collect_removed(finder, folder, depth);
}

void TreeComparison::compare_file(const TreeEntry* before, const ObjectId& now,
                                  std::string path) {
  ChangedFile file{std::move(path), now, {}};
  if (before && is_regular(*before)) {
    if (before->id == now.bytes()) return;
    file.before = ObjectId(before->id);
  }
  found_.files.push_back(std::move(file));
}

void TreeComparison::collect_removed(const EntryFinder& before,
                                     const std::string& folder, int depth) {
  if (depth > kMaxDepth) return;
  before.for_each_other([&](const TreeEntry& entry) {
    std::string path = folder + std::string(entry.name);
    if (entry.is_file) {
      found_.removed.push_back({std::move(path), ObjectId(entry.id)});
    } else if (entry.is_tree) {
      path += '/';
      if (const auto tree = load(entry, path)) {
        collect_removed(EntryFinder(&*tree), path, depth + 1);
      }
    }
  });
}

std::optional<TreeObject> TreeComparison::load(const TreeEntry& entry,
                                               const std::string& path) {
  auto tree = read_tree(repository_, ObjectId(entry.id));
  if (tree) return std::move(*tree);
  diagnostics_.incomplete(
      path, "its tree before the change cannot be read: " + tree.error().text);
  return std::nullopt;
}

}  // namespace overreach
