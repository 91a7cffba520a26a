#include "scanner/history/names.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <tuple>

#include "scanner/git/tree_entries.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxDepth = 4096;

// FNV-1a, eight bytes at once: an order of names that is the same in every run.
std::uint32_t rank_of(std::string_view name) {
  std::uint64_t hash = 14695981039346656037u;
  while (!name.empty()) {
    std::uint64_t part = name.size();
    std::memcpy(&part, name.data(), std::min<std::size_t>(name.size(), 8));
    hash = (hash ^ part) * 1099511628211u;
    hash ^= hash >> 32;
    name.remove_prefix(std::min<std::size_t>(name.size(), 8));
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

Names::Names(const ObjectStore& store, int threads, Diagnostics& diagnostics)
    : store_(store), slots_(store.size()) {
  std::vector<Memory> memories(static_cast<std::size_t>(threads));
  store.visit(ObjectKind::tree, {threads, std::nullopt}, diagnostics,
              [&](int worker, const StoredObject& tree) {
                return add_tree(tree,
                                memories[static_cast<std::size_t>(worker)]);
              });
}

Names::Names(const ObjectStore& store, const std::vector<ObjectId>& trees,
             Diagnostics& diagnostics)
    : store_(store), slots_(store.size()) {
  Memory memory;
  for (const ObjectId& id : trees) {
    const auto place = store.place_of(id.bytes());
    const auto object = store.read(id.bytes());
    if (!object || !*object || !place) {
      diagnostics.incomplete(object_name(ObjectKind::tree, id.bytes()),
                             "cannot be read");
      continue;
    }
    StoredObject tree;
    tree.place = *place;
    tree.kind = ObjectKind::tree;
    tree.id = id.bytes();
    tree.bytes = (*object)->bytes;
    tree.size = tree.bytes.size();
    add_tree(tree, memory);
  }
}

std::shared_ptr<const Note> Names::add_tree(const StoredObject& tree,
                                            Memory& memory) {
  return for_each_new_entry(
      tree, id_size(store_.hash_kind()), [&](const TreeEntry& entry) {
        if (!entry.is_file && !entry.is_tree) return;
        const std::uint32_t rank = rank_of(entry.name);
        std::uint64_t id;
        std::memcpy(&id, entry.id.data(), sizeof id);
        Recent& recent = memory.recent[id % kRecent];
        const bool is_known = recent.id == id && recent.rank == rank;
        if (is_known && recent.parent <= tree.place) return;
        recent = {id, rank, tree.place};
        const Word word = word_of(entry.name, rank, memory.words);
        if (const auto place = store_.place_of(entry.id)) {
          return keep_least(*place, {tree.place, word.index, word.rank});
        }
        const std::lock_guard lock(mutex_);
        (entry.is_file ? missing_files_ : missing_trees_)
            .insert(ObjectId(entry.id));
      });
}

Names::Word Names::word_of(std::string_view name, std::uint32_t rank,
                           Words& known) {
  if (const auto found = known.find(name); found != known.end()) {
    return found->second;
  }
  std::string text(name);
  const std::lock_guard lock(mutex_);
  const Word next{static_cast<std::uint32_t>(names_.size()), rank};
  const auto [place, is_new] = words_.emplace(text, next);
  if (is_new) names_.push_back(text);
  known.emplace(std::move(text), place->second);
  return place->second;
}

void Names::keep_least(std::uint32_t place, const Slot& slot) {
  const std::lock_guard lock(locks_[place % kLocks]);
  Slot& now = slots_[place];
  if (now.parent == kNone ||
      std::tie(slot.rank, slot.parent) < std::tie(now.rank, now.parent)) {
    now = slot;
  }
}

std::string Names::path_of(std::uint32_t place) const {
  std::string path;
  for (std::size_t depth = 0; depth < kMaxDepth; ++depth) {
    const Slot& slot = slots_[place];
    if (slot.parent == kNone) break;
    if (depth > 0) path.insert(0, "/");
    path.insert(0, names_[slot.name]);
    place = slot.parent;
  }
  return path;
}

std::vector<std::string> Names::all() const {
  std::vector<std::string> names(names_.begin(), names_.end());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace overreach
