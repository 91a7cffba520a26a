// The objects of one pack as trees: below each object those that are stored as
// differences to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/radix_sort.h"
#include "scanner/git/object.h"
#include "scanner/git/pack.h"

namespace overreach {

class DeltaForest {
 public:
  static constexpr std::uint32_t kNone =
      std::numeric_limits<std::uint32_t>::max();

  struct Root {
    std::uint32_t entry;
    ObjectKind kind;  // of all in the tree; means nothing when `base` is given
    std::string_view base;  // its id, when it is in no entry of this pack
  };
  struct Broken {
    std::uint32_t entry;
    std::string why;
  };

  // Reads the head of every entry.  Entries are numbered by offset.
  DeltaForest(const Pack& pack, int threads);
  // Only of these objects, given by their positions in the index, and of what
  // they are made from.
  DeltaForest(const Pack& pack, const std::vector<std::uint32_t>& positions);

  std::uint32_t size() const {
    return static_cast<std::uint32_t>(entries_.size());
  }
  std::uint64_t offset_of(std::uint32_t entry) const {
    return entries_[entry].offset;
  }
  // What the entry takes in the pack, at most.
  std::uint64_t stored_bytes(std::uint32_t entry) const {
    return entry + 1 < size() ? offset_of(entry + 1) - offset_of(entry) : 0;
  }
  // In the index of the pack; kNone for what only the pack itself knows, or
  // only others are made from.
  std::uint32_t position_of(std::uint32_t entry) const {
    return entries_[entry].position;
  }

  const std::vector<Root>& roots() const { return roots_; }
  // Those that can never be read; each once.
  const std::vector<Broken>& broken() const { return broken_; }

  // What to say of an entry that cannot be read: "object 0123... at offset 12:
  // <why>", and that nothing made from it can be read either.
  std::string problem(const Pack& pack, std::uint32_t entry,
                      const std::string& why) const;

  // The children of an entry: first_child(), then next_sibling() until kNone,
  // then last_child().  The last has most below it, so that who is finished
  // with a parent before going there holds few objects at a time: log2 of all.
  std::uint32_t first_child(std::uint32_t entry) const {
    return entries_[entry].first_child;
  }
  std::uint32_t next_sibling(std::uint32_t entry) const {
    return entries_[entry].next_sibling;
  }
  std::uint32_t last_child(std::uint32_t entry) const {
    return entries_[entry].last_child;
  }

 private:
  // Its fields are asked for together, from anywhere.
  struct Entry {
    std::uint64_t offset = 0;
    std::uint32_t position = kNone;
    std::uint32_t first_child = kNone, next_sibling = kNone, last_child = kNone;
  };
  // What one thread found in its part of the pack.
  struct Part {
    std::vector<Root> roots;
    std::vector<Broken> broken;
    std::vector<std::uint64_t> unknown;  // offsets of bases
  };
  class OffsetTable;

  void sort_entries(const PackIndex& index);
  // Rows of offsets and positions, sorted.
  void add_entries(const std::vector<Keyed>& rows);
  std::vector<std::uint32_t> bases_of(const Pack& pack, int threads);
  Part read_part(const Pack& pack, const OffsetTable& table,
                 std::uint32_t begin, std::uint32_t end,
                 std::vector<std::uint32_t>& bases) const;
  bool add_unknown(const Pack& pack, std::vector<std::uint64_t> unknown);
  void link(const std::vector<std::uint32_t>& bases);
  void find_loops(const std::vector<std::uint32_t>& bases);

  bool is_whole_ = true;
  std::vector<Entry> entries_;
  std::vector<Root> roots_;
  std::vector<Broken> broken_;
};

}  // namespace overreach
