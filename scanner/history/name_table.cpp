#include "scanner/history/name_table.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace overreach {

// FNV-1a, eight bytes at once.
std::uint32_t NameTable::rank_of(std::string_view name) {
  std::uint64_t hash = 14695981039346656037u;
  const auto add = [&hash](std::uint64_t part) {
    hash = (hash ^ part) * 1099511628211u;
    hash ^= hash >> 32;
  };
  for (; name.size() >= 8; name.remove_prefix(8)) {
    std::uint64_t part = 0;
    std::memcpy(&part, name.data(), sizeof part);
    add(part);
  }
  if (!name.empty()) {
    std::uint64_t part = 0;
    for (std::size_t i = name.size(); i-- > 0;) {
      part = part << 8 | static_cast<unsigned char>(name[i]);
    }
    add(part);
  }
  return static_cast<std::uint32_t>(hash);
}

void NameTable::add(const Row& row) {
  if (count_ >= rows_.size() / 2) {
    std::vector<Row> old(rows_.size() * 2);
    old.swap(rows_);
    count_ = 0;
    for (const Row& each : old) {
      if (each.name) add(each);
    }
  }
  std::size_t at = row.rank & mask();
  while (rows_[at].name) at = (at + 1) & mask();
  rows_[at] = row;
  ++count_;
}

}  // namespace overreach
