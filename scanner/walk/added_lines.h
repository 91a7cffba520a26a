// Which lines of a file one version has and another has not.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/git/libgit2.h"

namespace overreach {

// Runs of lines, [first, last], counted from 1; sorted, never touching.
using LineRuns = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Valid as long as the blob.
std::string_view text_of(const GitBlob& blob);

// The lines of `now` that `before` (may be null) does not have; nothing when
// they cannot be told (new, binary or huge), and all lines count.
std::optional<LineRuns> added_lines(const GitBlob& before, const GitBlob& now);

// The lines that are in both.
LineRuns in_both(const LineRuns& a, const LineRuns& b);

std::uint64_t count_lines(std::string_view text);
std::uint64_t count_lines(const LineRuns& runs);

}  // namespace overreach
