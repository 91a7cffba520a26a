// A pattern for paths (and key paths) in which one position may be a name, say
// of an environment.
//
//   @          the name: letters, digits, '_', '-', ':', beginning with a
//              letter
//   *          any text within one segment
//   (a|b)      one of the texts; "(|x)" is an optional one
//   **         as the last segment: one or more segments
//
// A pattern of n segments is compared with the last n of a path, so that it
// fits in any folder; one that begins with the separator only fits the whole.
#pragma once

#include <optional>
#include <string_view>

namespace overreach {

// The text at '@', a view into `path`; empty but present for a pattern without
// one.  Absent when the pattern does not fit.
std::optional<std::string_view> match_path(std::string_view pattern,
                                           std::string_view path,
                                           char separator = '/');

}  // namespace overreach
