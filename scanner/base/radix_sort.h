// Sorts large tables by a number, in time that grows as they do: four reads and
// writes of a table for numbers of 32 bits, each of them in order.
#pragma once

#include <cstdint>
#include <vector>

namespace overreach {

struct Keyed {
  std::uint64_t key;
  std::uint32_t value;  // of the caller's choice
};

// Ascending by key; those of one key stay in the order that they have.  Takes
// as much memory again.
void radix_sort(std::vector<Keyed>& rows);

}  // namespace overreach
