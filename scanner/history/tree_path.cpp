#include "scanner/history/tree_path.h"

#include <algorithm>
#include <cstddef>

#include "scanner/git/parse.h"
#include "scanner/git/tree_entries.h"

namespace overreach {
namespace {

// Goes down from the tree of a commit.  For each part of the path the first
// entry is taken that is_it(part, number, name) says yes to; write(number,
// name) of it becomes a part of the result.
template <typename IsIt, typename Write>
std::optional<std::string> follow(const ObjectStore& store,
                                  const std::string& commit,
                                  std::string_view path, const IsIt& is_it,
                                  const Write& write) {
  const auto id = ObjectId::from_hex(commit);
  if (!id) return std::nullopt;
  auto object = store.read(id->bytes());
  if (!object || !*object) return std::nullopt;
  const auto parsed = parse_commit((*object)->bytes);
  if (!parsed) return std::nullopt;
  ObjectId next = parsed->tree;
  std::string result;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    object = store.read(next.bytes());
    if (!object || !*object) return std::nullopt;
    std::size_t number = 0;
    bool is_found = false;
    for_each_entry((*object)->bytes, id_size(store.hash_kind()),
                   [&](const TreeEntry& entry) {
                     if (!is_found && is_it(part, number, entry.name)) {
                       is_found = true;
                       if (!result.empty()) result += '/';
                       result += write(number, entry.name);
                       next = ObjectId(entry.id);
                     }
                     ++number;
                   });
    if (!is_found) return std::nullopt;
  }
  return result;
}

}  // namespace

std::optional<std::string> path_to_numbers(const ObjectStore& store,
                                           const std::string& commit,
                                           std::string_view path) {
  return follow(
      store, commit, path,
      [](std::string_view part, std::size_t, std::string_view name) {
        return part == name;
      },
      [](std::size_t number, std::string_view) {
        return std::to_string(number);
      });
}

std::optional<std::string> numbers_to_path(const ObjectStore& store,
                                           const std::string& commit,
                                           std::string_view numbers) {
  return follow(
      store, commit, numbers,
      [](std::string_view part, std::size_t number, std::string_view) {
        return part == std::to_string(number);
      },
      [](std::size_t, std::string_view name) { return std::string(name); });
}

bool hide_names(const ObjectStore& store, std::vector<KnownFinding>& findings) {
  for (KnownFinding& finding : findings) {
    if (finding.kind != HistoryKind::name) continue;
    const Place& place = finding.places.front();
    const auto numbers = path_to_numbers(store, place.commit, place.path);
    if (!numbers) return false;
    finding.key = place.commit;
    finding.path = *numbers;
    for (Place& each : finding.places) each.path.clear();
  }
  return true;
}

bool show_names(const ObjectStore& store, std::vector<KnownFinding>& findings) {
  for (KnownFinding& finding : findings) {
    if (finding.kind != HistoryKind::name) continue;
    const auto path = numbers_to_path(store, finding.key, finding.path);
    if (!path) return false;
    for (Place& each : finding.places) each.path = *path;
    finding.key = path->substr(path->rfind('/') + 1);
    finding.path.clear();
  }
  return true;
}

}  // namespace overreach
