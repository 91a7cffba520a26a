// How one content was made from another.
#pragma once

#include <cstddef>
#include <span>

namespace overreach {

// A stretch that both have in common.
struct Copied {
  std::size_t from = 0;  // in the base
  std::size_t to = 0;    // in what was made from it
  std::size_t size = 0;  // never 0
};

// By these copies, and by new bytes wherever there is none.  `copies` ascend by
// `to` and do not overlap there; neighbours that could be one copy are one.
struct Change {
  std::size_t base_size = 0;
  std::span<const Copied> copies;
};

}  // namespace overreach
