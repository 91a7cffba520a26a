// The entries of tree objects.  Of a tree that is stored as a difference only
// those are looked at that its base has not: of the versions of a folder with a
// thousand files nearly all entries are the same.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/git/object.h"

namespace overreach {

// Views are into the bytes of the tree.
struct TreeEntry {
  bool is_tree = false;
  bool is_file = false;  // an ordinary file or a link: a blob
  std::string_view mode, name, id;
};

// The entry at the front of the bytes; nothing when there is none.
inline std::optional<TreeEntry> read_tree_entry(std::string_view bytes,
                                                std::size_t id_bytes) {
  const std::size_t longest = std::min<std::size_t>(bytes.size(), 8);
  std::size_t space = 0;
  while (space < longest && bytes[space] != ' ') ++space;
  if (space == longest) return std::nullopt;
  const std::size_t zero = bytes.find('\0', space);
  if (zero == bytes.npos || bytes.size() - zero - 1 < id_bytes) {
    return std::nullopt;
  }
  TreeEntry entry;
  entry.mode = bytes.substr(0, space);
  if (bytes.front() == '1') {
    // 160000 is a commit of another repository.
    entry.is_file = bytes.starts_with("100") || entry.mode == "120000";
  } else {
    entry.is_tree = entry.mode == "40000" || entry.mode == "040000";
  }
  entry.name = bytes.substr(space + 1, zero - space - 1);
  entry.id = bytes.substr(zero + 1, id_bytes);
  return entry;
}

// False when the bytes are no tree; entries before the fault were used.
template <typename Use>
bool for_each_entry(std::string_view tree, std::size_t id_bytes,
                    const Use& use) {
  while (!tree.empty()) {
    const auto entry = read_tree_entry(tree, id_bytes);
    if (!entry) return false;
    use(*entry);
    tree.remove_prefix(
        static_cast<std::size_t>(entry->id.data() - tree.data()) + id_bytes);
  }
  return true;
}

// Where the entries of a tree begin, and its end: for those made from it.
class TreeNote : public Note {
 public:
  explicit TreeNote(std::vector<std::uint32_t> given)
      : bounds(std::move(given)) {}
  const std::vector<std::uint32_t> bounds;
};

// The place of the first of ascending `bounds` that is not below `value`.
// Entries are about as large as one another, which says where it is nearly.
inline std::size_t find_bound(std::span<const std::uint32_t> bounds,
                              std::size_t value) {
  if (bounds.empty() || bounds.back() < value) return bounds.size();
  const std::size_t guess = value * (bounds.size() - 1) / (bounds.back() + 1);
  std::size_t step = 8;
  std::size_t low = guess - std::min(guess, step);
  while (low > 0 && bounds[low - 1] >= value) low -= std::min(low, step *= 4);
  std::size_t high = std::min(bounds.size(), guess + step);
  while (high < bounds.size() && bounds[high] < value) {
    high = std::min(bounds.size(), high + (step *= 4));
  }
  const auto at = std::lower_bound(
      bounds.begin() + static_cast<std::ptrdiff_t>(low),
      bounds.begin() + static_cast<std::ptrdiff_t>(high), value);
  return static_cast<std::size_t>(at - bounds.begin());
}

// Calls use(entry) for entries of which any byte is new, and keep(first, last)
// for those of the base, counted from 0, that stand here next: [first, last).
// Together they are all, in order.  The note is null when the tree is nobody's
// base.  Of a broken tree what comes before the fault was used.
// REQUIRES: the note on the base, if there is one, is a TreeNote.
struct TreeReading {
  std::shared_ptr<const TreeNote> note;
  bool is_broken = false;
};
template <typename Use, typename Keep>
TreeReading read_changed_tree(const StoredObject& tree, std::size_t id_bytes,
                              const Use& use, const Keep& keep) {
  TreeReading reading;
  std::vector<std::uint32_t> bounds;
  const auto add_bound = [&](std::size_t bound) {
    if (tree.is_base) bounds.push_back(static_cast<std::uint32_t>(bound));
  };
  const auto add_bounds = [&](std::span<const std::uint32_t> some,
                              std::size_t shift) {
    if (!tree.is_base) return;
    const std::size_t count = bounds.size();
    bounds.resize(count + some.size());
    std::transform(some.begin(), some.end(),
                   bounds.begin() + static_cast<std::ptrdiff_t>(count),
                   [shift = static_cast<std::uint32_t>(shift)](
                       std::uint32_t bound) { return bound + shift; });
  };
  std::span<const std::uint32_t> old;  // bounds of the base
  std::span<const Copied> copies;
  if (tree.edit) {
    old = static_cast<const TreeNote&>(*tree.edit->base_note).bounds;
    copies = tree.edit->change.copies;
    if (tree.is_base) bounds.reserve(old.size() + 8);
  }
  std::size_t at = 0;
  while (at < tree.bytes.size()) {
    while (!copies.empty() && copies.front().to + copies.front().size <= at) {
      copies = copies.subspan(1);
    }
    if (!copies.empty() && copies.front().to <= at) {
      // Entries go on as they did in the base, if one began there too.
      const Copied& copy = copies.front();
      const std::size_t from = at - copy.to + copy.from;
      const std::size_t first = find_bound(old, from);
      if (first < old.size() && old[first] == from) {
        // Of the last one only its begin is known: it ends somewhere else.
        const std::size_t last = find_bound(old, copy.from + copy.size + 1) - 1;
        if (last > first) {
          const std::size_t shift = at - from;  // may wrap around
          add_bounds(old.subspan(first, last - first), shift);
          keep(first, last);
          at = old[last] + shift;
          continue;
        }
      }
    }
    const auto entry = read_tree_entry(tree.bytes.substr(at), id_bytes);
    reading.is_broken = !entry;
    if (!entry) break;
    use(*entry);
    add_bound(at);
    at = static_cast<std::size_t>(entry->id.data() - tree.bytes.data()) +
         id_bytes;
  }
  add_bound(at);
  if (tree.is_base) {
    reading.note = std::make_shared<const TreeNote>(std::move(bounds));
  }
  return reading;
}

}  // namespace overreach
