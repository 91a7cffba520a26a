#include "scanner/history/names.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <tuple>
#include <utility>

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
    : store_(store),
      diagnostics_(diagnostics),
      slots_(store.size()),
      log_(static_cast<std::size_t>(threads)) {
  std::vector<Memory> memories(static_cast<std::size_t>(threads));
  store.visit(ObjectKind::tree, {threads, std::nullopt}, diagnostics,
              [&](int worker, const StoredObject& tree) {
                const auto index = static_cast<std::size_t>(worker);
                return add_tree(tree, memories[index], log_.writer(index));
              });
}

Names::Names(const ObjectStore& store, const std::vector<ObjectId>& trees,
             Diagnostics& diagnostics)
    : store_(store), diagnostics_(diagnostics), slots_(store.size()), log_(1) {
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
    add_tree(tree, memory, log_.writer(0));
  }
}

std::shared_ptr<const Note> Names::add_tree(const StoredObject& tree,
                                            Memory& memory,
                                            TreeLog::Writer& log) {
  log.begin(tree.place, tree.depth, !tree.edit);
  TreeReading reading = read_changed_tree(
      tree, id_size(store_.hash_kind()),
      [&](const TreeEntry& entry) {
        log.add(add_entry(entry, tree.place, memory));
      },
      [&](std::size_t first, std::size_t last) { log.keep(first, last); });
  log.end();
  if (reading.is_broken) {
    diagnostics_.incomplete(object_name(tree.kind, tree.id), "is broken");
  }
  return std::move(reading.note);
}

TreeLog::Entry Names::add_entry(const TreeEntry& entry, std::uint32_t parent,
                                Memory& memory) {
  if (!entry.is_file && !entry.is_tree) return {TreeLog::kNothing, 0};
  const std::uint32_t rank = rank_of(entry.name);
  std::array<std::uint64_t, 2> id;
  std::memcpy(id.data(), entry.id.data(), sizeof id);
  Recent& recent = memory.recent[id[0] % kRecent];
  const bool is_known = recent.id == id && recent.rank == rank;
  if (is_known && recent.parent <= parent) return recent.entry;
  const Word word = word_of(entry.name, rank, memory.words);
  const auto place = store_.place_of(entry.id);
  const TreeLog::Entry added{place ? *place : missing_place_of(entry),
                             word.index};
  if (place) keep_least(*place, {parent, word.index, word.rank});
  recent = {id, rank, parent, added};
  return added;
}

std::uint32_t Names::missing_place_of(const TreeEntry& entry) {
  const std::lock_guard lock(mutex_);
  const auto next = static_cast<std::uint32_t>(place_count());
  return missing_.emplace(ObjectId(entry.id), Missing{next, entry.is_file})
      .first->second.place;
}

std::optional<std::uint32_t> Names::place_of(std::string_view id) const {
  if (const auto place = store_.place_of(id)) return place;
  const auto found = missing_.find(ObjectId(id));
  return found == missing_.end() ? std::nullopt
                                 : std::optional(found->second.place);
}

std::vector<ObjectId> Names::missing(bool is_file) const {
  std::vector<ObjectId> ids;
  for (const auto& [id, missing] : missing_) {
    if (missing.is_file == is_file) ids.push_back(id);
  }
  return ids;
}

std::vector<ObjectId> Names::missing_files() const { return missing(true); }
std::vector<ObjectId> Names::missing_trees() const { return missing(false); }

std::optional<std::uint32_t> Names::number_of(const std::string& name) const {
  const auto found = words_.find(name);
  return found == words_.end() ? std::nullopt
                               : std::optional(found->second.index);
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

std::size_t Names::depth_of(std::uint32_t place) const {
  std::size_t depth = 0;
  while (depth < kMaxDepth && slots_[place].parent != kNone) {
    place = slots_[place].parent;
    ++depth;
  }
  return depth;
}

std::vector<std::string> Names::all() const {
  std::vector<std::string> names(names_.begin(), names_.end());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace overreach
