#include "scanner/history/names.h"

#include <algorithm>
#include <memory>
#include <tuple>

#include "scanner/history/parse.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxDepth = 4096;

// Trees want to know what they have from another, nothing else about it.
class Seen : public Note {};

// Whether all of [begin, end) is copied from the base.  Asked for in rising
// order.
class CopiedParts {
 public:
  explicit CopiedParts(const Edit* edit) {
    if (edit) copies_ = edit->change.copies;
  }
  bool hold(std::size_t begin, std::size_t end) {
    while (!copies_.empty() &&
           copies_.front().to + copies_.front().size < end) {
      copies_ = copies_.subspan(1);
    }
    return !copies_.empty() && copies_.front().to <= begin;
  }

 private:
  std::span<const Copied> copies_;
};

// FNV-1a: an order of names that is the same in every run.
std::uint32_t rank_of(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  }
  return hash;
}

}  // namespace

Names::Names(const ObjectStore& store, int threads, Diagnostics& diagnostics)
    : store_(store), slots_(store.size()) {
  std::vector<Words> known(static_cast<std::size_t>(threads));
  const auto seen = std::make_shared<const Seen>();
  store.visit(ObjectKind::tree, {threads, std::nullopt}, diagnostics,
              [&](int worker, const StoredObject& tree) {
                add_tree(tree, known[static_cast<std::size_t>(worker)]);
                return seen;
              });
}

Names::Names(const ObjectStore& store, const std::vector<ObjectId>& trees,
             Diagnostics& diagnostics)
    : store_(store), slots_(store.size()) {
  Words known;
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
    add_tree(tree, known);
  }
}

void Names::add_tree(const StoredObject& tree, Words& known) {
  CopiedParts copied(tree.edit);
  const char* const begin = tree.bytes.data();
  for_each_entry(
      tree.bytes, id_size(store_.hash_kind()), [&](const TreeEntry& entry) {
        if (!entry.is_file && !entry.is_tree) return;
        // The base named it already.
        if (copied.hold(static_cast<std::size_t>(entry.mode.data() - begin),
                        static_cast<std::size_t>(entry.id.data() - begin) +
                            entry.id.size())) {
          return;
        }
        const Word word = word_of(entry.name, known);
        if (const auto place = store_.place_of(entry.id)) {
          return keep_least(*place, {tree.place, word.index, word.rank});
        }
        const std::lock_guard lock(mutex_);
        (entry.is_file ? missing_files_ : missing_trees_)
            .insert(ObjectId(entry.id));
      });
}

Names::Word Names::word_of(std::string_view name, Words& known) {
  std::string text(name);
  if (const auto found = known.find(text); found != known.end()) {
    return found->second;
  }
  const std::lock_guard lock(mutex_);
  const Word next{static_cast<std::uint32_t>(names_.size()), rank_of(name)};
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
