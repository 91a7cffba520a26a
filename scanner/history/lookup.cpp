#include "scanner/history/lookup.h"

#include <bitset>
#include <mutex>
#include <set>
#include <unordered_set>
#include <utility>

#include "scanner/history/parse.h"

namespace overreach {
namespace {

// A set of ids that says no fast.
class WantedIds {
 public:
  void insert(const ObjectId& id) {
    ids_.insert(id);
    may_hold_.set(start_of(id.bytes()));
  }
  bool contains(std::string_view id) const {
    return may_hold_.test(start_of(id)) && ids_.contains(ObjectId(id));
  }
  bool empty() const { return ids_.empty(); }

 private:
  static std::size_t start_of(std::string_view id) {
    return static_cast<std::size_t>(static_cast<unsigned char>(id[0])) << 8 |
           static_cast<unsigned char>(id[1]);
  }

  std::unordered_set<ObjectId> ids_;
  std::bitset<65536> may_hold_;
};

}  // namespace

Lookup::Lookup(const ObjectStore& store, const Names& names, int threads,
               const std::vector<ObjectId>& ids,
               const std::vector<std::string>& file_names) {
  WantedIds wanted;
  for (const ObjectId& id : ids) wanted.insert(id);
  std::unordered_set<std::string> wanted_names(file_names.begin(),
                                               file_names.end());
  std::unordered_set<ObjectId> seen(ids.begin(), ids.end());
  Diagnostics said_before;
  while (!wanted.empty() || !wanted_names.empty()) {
    std::unordered_map<ObjectId, std::uint32_t> holders;  // place
    std::mutex mutex;  // guards holders and the edges
    const auto look_at = [&](int, const StoredObject& tree) {
      for_each_entry(
          tree.bytes, id_size(store.hash_kind()), [&](const TreeEntry& entry) {
            const bool has_id = wanted.contains(entry.id);
            const bool has_name =
                !wanted_names.empty() &&
                wanted_names.contains(std::string(entry.name));
            if (!has_id && !has_name) return;
            const Edge edge{ObjectId(tree.id), std::string(entry.name)};
            const std::lock_guard lock(mutex);
            if (has_id) of_id_[ObjectId(entry.id)].push_back(edge);
            if (has_name) of_name_[edge.name].push_back(edge);
            holders.emplace(edge.tree, tree.place);
          });
      return nullptr;
    };
    store.visit(ObjectKind::tree, {threads, std::nullopt}, said_before,
                look_at);
    wanted = {};
    wanted_names.clear();
    for (const auto& [tree, place] : holders) {
      // What no tree names is only ever a root.
      if (seen.insert(tree).second && names.is_named(place)) {
        wanted.insert(tree);
      }
    }
  }
}

Lookup::Roots Lookup::roots_of_id(const ObjectId& id) const {
  const auto found = of_id_.find(id);
  return found == of_id_.end() ? Roots() : climb(found->second);
}

Lookup::Roots Lookup::roots_of_name(const std::string& name) const {
  const auto found = of_name_.find(name);
  return found == of_name_.end() ? Roots() : climb(found->second);
}

Lookup::Roots Lookup::climb(const std::vector<Edge>& from) const {
  Roots roots;
  std::set<std::pair<ObjectId, std::string>> seen;
  std::vector<std::pair<ObjectId, std::string>> stack;
  const auto visit = [&](const ObjectId& tree, std::string path) {
    const auto [place, is_new] = seen.emplace(tree, std::move(path));
    if (!is_new) return;
    roots[place->second].push_back(tree);
    stack.push_back(*place);
  };
  for (const Edge& edge : from) visit(edge.tree, edge.name);
  while (!stack.empty()) {
    const auto [tree, path] = std::move(stack.back());
    stack.pop_back();
    const auto holders = of_id_.find(tree);
    if (holders == of_id_.end()) continue;
    for (const Edge& edge : holders->second) {
      visit(edge.tree, edge.name + "/" + path);
    }
  }
  return roots;
}

}  // namespace overreach
