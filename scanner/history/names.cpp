#include "scanner/history/names.h"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "scanner/history/parse.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxDepth = 4096;

}  // namespace

// An id is a good hash already.
std::size_t Names::Hash::operator()(std::string_view id) const {
  std::size_t hash = 0;
  std::memcpy(&hash, id.data(), std::min(sizeof hash, id.size()));
  return hash;
}

void Names::add_tree(std::string_view tree, std::string_view bytes,
                     std::size_t id_bytes) {
  const std::lock_guard lock(mutex_);
  for_each_entry(bytes, id_bytes, [&](const TreeEntry& entry) {
    if (!entry.is_file && !entry.is_tree) return;
    const auto found = entries_.find(entry.id);
    if (found == entries_.end()) {
      const auto name = names_.emplace(entry.name).first;
      entries_.emplace(ObjectId(entry.id),
                       Entry{ObjectId(tree), &*name, entry.is_file});
      return;
    }
    Entry& old = found->second;
    if (entry.name == *old.name) {
      if (tree < old.parent) old.parent = tree;
      return;
    }
    const auto name = names_.emplace(entry.name).first;
    if (entry.name < *old.name) {
      old.name = &*name;
      old.parent = tree;
    }
  });
}

std::string Names::path_of(std::string_view id) const {
  std::string path;
  auto found = entries_.find(id);
  for (std::size_t depth = 0; found != entries_.end() && depth < kMaxDepth;
       ++depth) {
    path.insert(0, *found->second.name + (depth > 0 ? "/" : ""));
    found = entries_.find(found->second.parent);
  }
  return path;
}

bool Names::is_named(std::string_view id) const {
  return entries_.find(id) != entries_.end();
}

std::vector<std::string> Names::all() const {
  std::vector<std::string> names(names_.begin(), names_.end());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<ObjectId> Names::files() const {
  std::vector<ObjectId> ids;
  for (const auto& [id, entry] : entries_) {
    if (entry.is_file) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace overreach
