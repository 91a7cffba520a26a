#include "scanner/git/tree_object.h"

#include <algorithm>
#include <utility>

#include "scanner/git/parse.h"

namespace overreach {
namespace {

// As Git sorts: a folder as if its name ended in '/'.
bool stands_before(std::string_view a, bool a_is_folder, std::string_view b,
                   bool b_is_folder) {
  const std::size_t common = std::min(a.size(), b.size());
  if (const int order = a.substr(0, common).compare(b.substr(0, common))) {
    return order < 0;
  }
  const auto next = [&](std::string_view name, bool is_folder) {
    const char c =
        name.size() > common ? name[common] : (is_folder ? '/' : '\0');
    return static_cast<unsigned char>(c);
  };
  return next(a, a_is_folder) < next(b, b_is_folder);
}

}  // namespace

Result<TreeObject> read_tree(const OpenRepository& repository,
                             const ObjectId& id) {
  TreeObject tree;
  tree.id = id;
  TRY_ASSIGN(tree.bytes, repository.read(ObjectKind::tree, id));
  const bool is_whole = for_each_entry(
      tree.bytes.view(), id_size(repository.hash_kind()),
      [&](const TreeEntry& entry) { tree.entries.push_back(entry); });
  if (!is_whole) return fail("tree " + id.hex() + " is broken");
  return tree;
}

Result<TreeObject> tree_of_commit(const OpenRepository& repository,
                                  const ObjectId& commit) {
  TRY_ASSIGN(const ObjectBytes bytes,
             repository.read(ObjectKind::commit, commit));
  TRY_ASSIGN(const ParsedCommit parsed, parse_commit(bytes.view()));
  return read_tree(repository, parsed.tree);
}

EntryFinder::EntryFinder(const TreeObject* tree)
    : tree_(tree), is_found_(tree ? tree->entries.size() : 0) {}

const TreeEntry* EntryFinder::find(std::string_view name, bool is_folder) {
  if (!tree_) return nullptr;
  const auto& entries = tree_->entries;
  while (
      at_ < entries.size() &&
      stands_before(entries[at_].name, entries[at_].is_tree, name, is_folder)) {
    ++at_;
  }
  if (at_ == entries.size() || entries[at_].name != name ||
      entries[at_].is_tree != is_folder) {
    return nullptr;
  }
  is_found_[at_] = true;
  return &entries[at_];
}

}  // namespace overreach
