#include "scanner/history/lookup.h"

#include <algorithm>
#include <bitset>
#include <memory>
#include <mutex>
#include <utility>

#include "scanner/git/tree_entries.h"

namespace overreach {
namespace {

std::size_t start_of(std::string_view id) {
  return static_cast<std::size_t>(static_cast<unsigned char>(id[0])) << 8 |
         static_cast<unsigned char>(id[1]);
}

// The place of a value in `list`, where it is put when it is new.
template <typename T>
std::uint32_t place_in(std::vector<T>& list,
                       std::unordered_map<T, std::uint32_t>& places,
                       const T& value) {
  const auto [found, is_new] =
      places.emplace(value, static_cast<std::uint32_t>(list.size()));
  if (is_new) list.push_back(value);
  return found->second;
}

// And which entries of a tree are what is looked for.
class HitNote : public TreeNote {
 public:
  HitNote(std::vector<std::uint32_t> bounds_given,
          std::vector<std::uint32_t> hits_given)
      : TreeNote(std::move(bounds_given)), hits(std::move(hits_given)) {}
  const std::vector<std::uint32_t> hits;  // their offsets
};

}  // namespace

Lookup::Lookup(const ObjectStore& store, const Names& names, int threads,
               const std::vector<ObjectId>& ids,
               const std::vector<std::string>& file_names)
    : wanted_(ids.begin(), ids.end()),
      wanted_names_(file_names.begin(), file_names.end()) {
  std::unordered_set<ObjectId> seen = wanted_;
  while (!wanted_.empty() || !wanted_names_.empty()) {
    const std::size_t before = trees_.size();
    add_level(store, threads);
    wanted_.clear();
    wanted_names_.clear();
    for (std::size_t i = before; i < trees_.size(); ++i) {
      const auto place = store.place_of(trees_[i].bytes());
      // What no tree names is only ever a root.
      if (place && names.is_named(*place) && seen.insert(trees_[i]).second) {
        wanted_.insert(trees_[i]);
      }
    }
  }
  for (const ObjectId& tree : trees_) {
    const auto found = of_id_.find(tree);
    holders_.push_back(found == of_id_.end() ? nullptr : &found->second);
  }
}

void Lookup::add_level(const ObjectStore& store, int threads) {
  // Says no to nearly all ids, and fast.
  const auto may_hold = std::make_unique<std::bitset<65536>>();
  for (const ObjectId& id : wanted_) may_hold->set(start_of(id.bytes()));
  const std::size_t id_bytes = id_size(store.hash_kind());
  std::mutex mutex;  // guards what is found
  const auto add_if_wanted = [&](const StoredObject& tree,
                                 const TreeEntry& entry) {
    const bool has_id = may_hold->test(start_of(entry.id)) &&
                        wanted_.contains(ObjectId(entry.id));
    const bool has_name = !wanted_names_.empty() &&
                          wanted_names_.contains(std::string(entry.name));
    if (!has_id && !has_name) return false;
    const std::string name(entry.name);
    const std::lock_guard lock(mutex);
    const Edge edge{place_in(trees_, tree_places_, ObjectId(tree.id)),
                    place_in(names_, name_places_, name)};
    if (has_id) of_id_[ObjectId(entry.id)].push_back(edge);
    if (has_name) of_name_[name].push_back(edge);
    return true;
  };
  Diagnostics said_before;
  store.visit(
      ObjectKind::tree, {threads, std::nullopt}, said_before,
      [&](int, const StoredObject& tree) -> std::shared_ptr<const Note> {
        std::vector<std::uint32_t> hits;
        const auto try_at = [&](const TreeEntry& entry) {
          if (!add_if_wanted(tree, entry)) return;
          hits.push_back(static_cast<std::uint32_t>(entry.mode.data() -
                                                    tree.bytes.data()));
        };
        auto bounds = read_changed_tree(
            tree, id_bytes, try_at,
            [&](std::size_t begin, std::size_t end, std::size_t to) {
              const auto& known =
                  static_cast<const HitNote&>(*tree.edit->base_note).hits;
              auto hit = std::lower_bound(known.begin(), known.end(), begin);
              for (; hit != known.end() && *hit < end; ++hit) {
                const auto entry = read_tree_entry(
                    tree.bytes.substr(*hit - begin + to), id_bytes);
                if (entry) try_at(*entry);
              }
            });
        if (!bounds || !tree.is_base) return nullptr;
        return std::make_shared<const HitNote>(std::move(*bounds),
                                               std::move(hits));
      });
}

Lookup::Roots Lookup::roots_of_id(const ObjectId& id) const {
  const auto found = of_id_.find(id);
  return found == of_id_.end() ? Roots() : climb(found->second);
}

Lookup::Roots Lookup::roots_of_name(const std::string& name) const {
  const auto found = of_name_.find(name);
  return found == of_name_.end() ? Roots() : climb(found->second);
}

Lookup::Roots Lookup::climb(const Edges& from) const {
  Roots roots;
  std::vector<Roots::iterator> paths;
  std::unordered_map<std::string, std::uint32_t> path_places;
  std::unordered_set<std::uint64_t> seen;  // a path and a tree
  std::vector<std::pair<std::uint32_t, std::uint32_t>> stack;
  const auto visit = [&](std::uint32_t tree, const std::string& path) {
    const auto [found, is_new] =
        path_places.emplace(path, static_cast<std::uint32_t>(paths.size()));
    if (is_new) paths.push_back(roots.try_emplace(path).first);
    const std::uint32_t place = found->second;
    if (!seen.insert(std::uint64_t{place} << 32 | tree).second) return;
    paths[place]->second.push_back(tree);
    stack.emplace_back(tree, place);
  };
  for (const Edge& edge : from) visit(edge.tree, names_[edge.name]);
  while (!stack.empty()) {
    const auto [tree, place] = stack.back();
    stack.pop_back();
    const Edges* const holders = holders_[tree];
    if (!holders) continue;
    const std::string below = "/" + paths[place]->first;
    for (const Edge& edge : *holders) {
      visit(edge.tree, names_[edge.name] + below);
    }
  }
  return roots;
}

}  // namespace overreach
