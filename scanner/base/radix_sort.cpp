#include "scanner/base/radix_sort.h"

#include <array>
#include <cstddef>

namespace overreach {

void radix_sort(std::vector<Keyed>& rows) {
  // Counters of one round stay in the nearest cache.
  constexpr unsigned kBits = 11;
  constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;
  std::uint64_t differing = 0;  // bits
  for (const Keyed& row : rows) differing |= row.key ^ rows.front().key;
  std::vector<Keyed> sorted(rows.size());
  for (unsigned shift = 0; shift < 64 && differing >> shift != 0;
       shift += kBits) {
    std::array<std::size_t, kMask + 1> places{};
    for (const Keyed& row : rows) ++places[row.key >> shift & kMask];
    std::size_t sum = 0;
    for (std::size_t& place : places) {
      const std::size_t count = place;
      place = sum;
      sum += count;
    }
    for (const Keyed& row : rows) {
      sorted[places[row.key >> shift & kMask]++] = row;
    }
    rows.swap(sorted);
  }
}

}  // namespace overreach
