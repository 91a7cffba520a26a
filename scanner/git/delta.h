// The difference between two objects as packs store it: copies from the base
// and bytes to insert.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/change.h"

namespace overreach {

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

}  // namespace overreach
