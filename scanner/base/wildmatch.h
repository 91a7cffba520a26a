// Globs as Git writes them in ignore files.
#pragma once

#include <string_view>

namespace overreach {

// `*` and `?` stop at '/', `**` between slashes takes any number of folders,
// `[a-z]`, `[!a]`, `[[:alpha:]]` match one character but '/', a backslash takes
// the next character as it is.  A broken class matches nothing.
// Time is bounded by pattern times text.
bool wildmatch(std::string_view pattern, std::string_view text,
               bool ignore_case);

}  // namespace overreach
