#include "scanner/history/names.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "scanner/base/prefetch.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxDepth = 4096;

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
  memory.fresh.clear();
  memory.kept.clear();
  TreeReading reading = read_changed_tree(
      tree, id_size(store_.hash_kind()),
      [&](const TreeEntry& entry) {
        memory.fresh.push_back({entry, NameTable::rank_of(entry.name)});
        prefetch(&memory.recent_of(entry));
      },
      [&](std::size_t first, std::size_t last) {
        memory.kept.push_back({memory.fresh.size(), first, last});
      });
  find(tree.place, memory);
  log.begin(tree.place, tree.depth, !tree.edit);
  auto kept = memory.kept.begin();
  for (std::size_t i = 0; i <= memory.fresh.size(); ++i) {
    for (; kept != memory.kept.end() && kept->ahead == i; ++kept) {
      log.keep(kept->first, kept->last);
    }
    if (i < memory.fresh.size()) log.add(memory.fresh[i].found);
  }
  log.end();
  if (reading.is_broken) {
    diagnostics_.incomplete(object_name(tree.kind, tree.id), "is broken");
  }
  return std::move(reading.note);
}

// Finds what the fresh entries of a tree name.  Tables are far larger than what
// the processor has near: each round asks for what the next one looks at, so
// that all entries wait for memory together.
void Names::find(std::uint32_t parent, Memory& memory) {
  for (Fresh& fresh : memory.fresh) {
    const TreeEntry& entry = fresh.entry;
    fresh.is_found = !entry.is_file && !entry.is_tree;
    fresh.found = {TreeLog::kNothing, 0};
    if (fresh.is_found) continue;
    Recent& recent = memory.recent_of(entry);
    if (recent.rank == fresh.rank &&
        std::memcmp(recent.id.data(), entry.id.data(), sizeof recent.id) == 0) {
      fresh.found = recent.entry;
      fresh.is_found = recent.parent <= parent;
      continue;
    }
    store_.expect(entry.id);
    memory.table.expect(fresh.rank);
  }
  for (Fresh& fresh : memory.fresh) {
    if (fresh.is_found) continue;
    if (fresh.found.child == TreeLog::kNothing) {
      const auto place = store_.place_of(fresh.entry.id);
      fresh.found = {place ? *place : missing_place_of(fresh.entry),
                     number_of(fresh, memory.table)};
    }
    if (fresh.found.child < slots_.size()) {
      prefetch(&slots_[fresh.found.child]);
    }
  }
  for (const Fresh& fresh : memory.fresh) {
    if (fresh.is_found) continue;
    if (fresh.found.child < slots_.size()) {
      claim(fresh.found.child, claim_of(fresh.rank, parent), fresh.found.name);
    }
    Recent& recent = memory.recent_of(fresh.entry);
    std::memcpy(recent.id.data(), fresh.entry.id.data(), sizeof recent.id);
    recent.rank = fresh.rank;
    recent.parent = parent;
    recent.entry = fresh.found;
  }
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
  const auto* const row = table_.find(name, NameTable::rank_of(name));
  return row ? std::optional(row->number) : std::nullopt;
}

std::uint32_t Names::number_of(const Fresh& fresh, NameTable& known) {
  const std::string_view name = fresh.entry.name;
  if (const auto* const row = known.find(name, fresh.rank)) return row->number;
  const std::lock_guard lock(mutex_);
  const auto* row = table_.find(name, fresh.rank);
  if (!row) {
    const auto number = static_cast<std::uint32_t>(names_.size());
    names_.emplace_back(name);
    table_.add({&names_.back(), fresh.rank, number});
    row = table_.find(name, fresh.rank);
  }
  known.add(*row);
  return row->number;
}

// Claims only become less: who is not less than an old one need not wait.
void Names::claim(std::uint32_t place, Claim claim, std::uint32_t name) {
  Slot& slot = slots_[place];
  if (slot.claim.load(std::memory_order_relaxed) <= claim) return;
  const std::lock_guard lock(locks_[place % kLocks]);
  if (slot.claim.load(std::memory_order_relaxed) <= claim) return;
  slot.claim.store(claim, std::memory_order_relaxed);
  slot.name = name;
}

std::string Names::path_of(std::uint32_t place) const {
  const auto for_each_part = [&](const auto& use) {
    std::uint32_t at = place;
    for (std::size_t depth = 0; depth < kMaxDepth && parent_of(at) != kNone;
         ++depth) {
      use(names_[slots_[at].name]);
      at = parent_of(at);
    }
  };
  std::size_t size = 0;
  for_each_part([&](const std::string& name) { size += name.size() + 1; });
  if (size == 0) return {};
  std::string path(size - 1, '/');
  for_each_part([&](const std::string& name) {  // from the last to the first
    size -= name.size() + 1;
    path.replace(size, name.size(), name);
  });
  return path;
}

std::size_t Names::depth_of(std::uint32_t place) const {
  std::size_t depth = 0;
  while (depth < kMaxDepth && parent_of(place) != kNone) {
    place = parent_of(place);
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
