// Names of files and folders by their text: a hash table that is probed with
// one look into memory for a name that is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

class NameTable {
 public:
  struct Row {
    const std::string* name = nullptr;  // the caller's; null: none
    std::uint32_t rank = 0, number = 0;
  };

  // A hash: also an order of names that is the same in every run.
  static std::uint32_t rank_of(std::string_view name);

  // Null when it is not there.  `rank` is the name's.
  const Row* find(std::string_view name, std::uint32_t rank) const {
    for (std::size_t at = rank & mask();; at = (at + 1) & mask()) {
      const Row& row = rows_[at];
      if (!row.name) return nullptr;
      if (row.rank == rank && *row.name == name) return &row;
    }
  }
  // That a name of this rank will be asked for soon.
  void expect(std::uint32_t rank) const {
    __builtin_prefetch(&rows_[rank & mask()]);
  }

  // REQUIRES: its name is not there.
  void add(const Row& row);

 private:
  std::size_t mask() const { return rows_.size() - 1; }

  std::vector<Row> rows_ = std::vector<Row>(256);  // a power of two
  std::size_t count_ = 0;
};

}  // namespace overreach
