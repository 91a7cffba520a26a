// Which runs look as if a generator made them: letters and digits that change
// again and again.  Told by the bitmaps of the chunk, 64 bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "scanner/match/runs.h"

namespace overreach {

// The lowest `count` bits, or all.
inline std::uint64_t lowest(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

inline bool has_two(std::uint64_t bits) { return (bits & (bits - 1)) != 0; }

// Where a digit stands beside a letter.
inline std::uint64_t changes(std::uint64_t digit, std::uint64_t alnum) {
  return (digit ^ digit >> 1) & alnum & alnum >> 1;
}

// Where at least 8 letters and digits begin.
inline std::uint64_t starts_of_stretches(std::uint64_t alnum) {
  std::uint64_t starts = alnum & alnum >> 1;
  starts &= starts >> 2;
  return starts & starts >> 4;
}

// A run so short that it was made by hand, unless there are digits in it.
bool is_plain(const Marks& marks, Run run);

// Whether some stretch of letters and digits is long and mixed enough to have
// come from a generator: at least 8 with two changes between the two.
bool has_mixed_stretch(const Marks& marks, Run run);

// Whether the run that begins there may be one that is not plain.  Sometimes
// yes for nothing, but told without a branch: nothing predicts the answer.
inline bool may_not_be_plain(const Marks& marks, std::uint32_t run_begin) {
  const std::uint64_t run = marks.run.from(run_begin);
  const std::uint64_t kept = run & ~(run + 1);  // until it ends
  // Numbers, so that no part is skipped by a branch.
  const unsigned goes_on = kept == ~std::uint64_t{0};
  const unsigned digits = has_two(marks.digit.from(run_begin) & kept);
  return (goes_on | digits) != 0;
}

}  // namespace overreach
