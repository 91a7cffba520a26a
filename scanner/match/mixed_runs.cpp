#include "scanner/match/mixed_runs.h"

#include <bit>

namespace overreach {

bool is_plain(const Marks& marks, Run run) {
  const std::uint32_t length = run.end - run.begin;
  return length <= 64 && !has_two(marks.digit.from(run.begin) & lowest(length));
}

bool has_mixed_stretch(const Marks& marks, Run run) {
  constexpr std::size_t kStep = 48;  // windows overlap by twice a stretch
  if (is_plain(marks, run)) return false;
  for (std::size_t at = run.begin; at < run.end; at += kStep) {
    const std::uint64_t kept = lowest(run.end - at);
    const std::uint64_t digit = marks.digit.from(at) & kept;
    const std::uint64_t alnum = ~marks.separator.from(at) & kept;
    const std::uint64_t change = changes(digit, alnum);
    std::uint64_t starts = starts_of_stretches(alnum);
    while (starts != 0) {
      const int first = std::countr_zero(starts);
      const int length = std::countr_one(alnum >> first);
      const std::uint64_t inside =
          change >> first & lowest(static_cast<std::size_t>(length));
      if (has_two(inside)) return true;
      starts = starts >> (first + length - 1) >> 1 << (first + length - 1) << 1;
    }
  }
  return false;
}

}  // namespace overreach
