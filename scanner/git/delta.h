// The difference between two objects as packs store it: copies from the base
// and bytes to insert.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/change.h"

namespace overreach {

// Views are into the bytes it was read from.
struct Delta {
  std::uint64_t base_size = 0, result_size = 0;
  std::string_view instructions;
};

// The sizes at its front.
Result<Delta> parse_delta(std::string_view bytes);

// Writes `delta.result_size` bytes to `out`, which does not overlap `base`, and
// lists what was copied, neighbours joined.
// REQUIRES: base.size() == delta.base_size
Status apply_delta(const Delta& delta, std::string_view base, char* out,
                   std::vector<Copied>& copies);

// Bytes of the instructions, and where in the result they come to stand.
struct Inserted {
  std::string_view bytes;
  std::size_t to;
};

// Whether all that is copied stays where it is, as in most versions of a
// folder: then writing what is inserted over the base makes the object.  Lists
// what is copied, as apply_delta(), and what is inserted.  False of what is
// broken, too.
bool only_overwrites(const Delta& delta, std::vector<Copied>& copies,
                     std::vector<Inserted>& inserted);

}  // namespace overreach
