#include "scanner/history/lookup.h"

#include <mutex>
#include <set>
#include <utility>

#include "scanner/history/parse.h"

namespace overreach {

Lookup::Lookup(const Objects& objects, const Names& names, int threads,
               const std::vector<ObjectId>& ids,
               const std::vector<std::string>& file_names) {
  Diagnostics said_before;
  std::unordered_set<ObjectId> wanted(ids.begin(), ids.end());
  std::unordered_set<std::string> wanted_names(file_names.begin(),
                                               file_names.end());
  std::unordered_set<ObjectId> seen = wanted;
  while (!wanted.empty() || !wanted_names.empty()) {
    std::unordered_set<ObjectId> holders;
    std::mutex mutex;  // guards holders and the edges
    objects.for_each(
        ObjectKind::tree, threads, std::nullopt, said_before,
        [&](int, std::string_view tree, std::string_view bytes) {
          std::string key;
          for_each_entry(
              bytes, objects.id_bytes(), [&](const TreeEntry& entry) {
                key = entry.id;
                const bool has_id = wanted.contains(key);
                const bool has_name =
                    !wanted_names.empty() &&
                    wanted_names.contains(std::string(entry.name));
                if (!has_id && !has_name) return;
                const std::lock_guard lock(mutex);
                const Edge edge{ObjectId(tree), std::string(entry.name)};
                if (has_id) of_id_[key].push_back(edge);
                if (has_name) of_name_[edge.name].push_back(edge);
                holders.insert(edge.tree);
              });
        });
    wanted.clear();
    wanted_names.clear();
    for (const ObjectId& tree : holders) {
      // What no tree names is only ever a root.
      if (seen.insert(tree).second && names.is_named(tree)) {
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
