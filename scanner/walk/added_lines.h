// Which lines of a file one version has and another has not.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace overreach {

// Runs of lines, [first, last], counted from 1; sorted, never touching.
using LineRuns = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Whether Git would compare it byte by byte only.  REQUIRES: a GitLibrary
// lives.
bool is_binary_blob(std::string_view content);

// The lines of `now` that `before` does not have; nothing when they cannot be
// told (binary or huge), and all lines count.
std::optional<LineRuns> added_lines(std::string_view before,
                                    std::string_view now);

// The lines that are in both.
LineRuns in_both(const LineRuns& a, const LineRuns& b);

std::uint64_t count_lines(std::string_view text);
std::uint64_t count_lines(const LineRuns& runs);

}  // namespace overreach
