// The objects of one pack as trees: below each object those that are stored as
// differences to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

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

  std::uint32_t size() const {
    return static_cast<std::uint32_t>(positions_.size());
  }
  std::uint64_t offset_of(std::uint32_t entry) const { return offsets_[entry]; }
  // What the entry takes in the pack.
  std::uint64_t stored_bytes(std::uint32_t entry) const {
    return entry + 1 < size() ? offsets_[entry + 1] - offsets_[entry] : 0;
  }
  // In the index of the pack; kNone for what only the pack itself knows.
  std::uint32_t position_of(std::uint32_t entry) const {
    return positions_[entry];
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
    return first_child_[entry];
  }
  std::uint32_t next_sibling(std::uint32_t entry) const {
    return next_sibling_[entry];
  }
  std::uint32_t last_child(std::uint32_t entry) const {
    return last_child_[entry];
  }

 private:
  // What one thread found in its part of the pack.
  struct Part {
    std::vector<Root> roots;
    std::vector<Broken> broken;
    std::vector<std::uint64_t> unknown;  // offsets of bases
  };
  class OffsetTable;

  std::vector<std::uint32_t> bases_of(const Pack& pack, int threads);
  Part read_part(const Pack& pack, const OffsetTable& table,
                 std::uint32_t begin, std::uint32_t end,
                 std::vector<std::uint32_t>& bases) const;
  bool add_unknown(const Pack& pack, std::vector<std::uint64_t> unknown);
  void link(const std::vector<std::uint32_t>& bases);
  void find_loops(const std::vector<std::uint32_t>& bases);

  std::vector<std::uint64_t> offsets_;
  std::vector<std::uint32_t> positions_;
  std::vector<std::uint32_t> first_child_, next_sibling_, last_child_;
  std::vector<Root> roots_;
  std::vector<Broken> broken_;
};

}  // namespace overreach
