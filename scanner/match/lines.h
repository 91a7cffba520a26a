// Lines of a text, found around an offset without an index of the whole.
#pragma once

#include <string.h>

#include <algorithm>
#include <string_view>

namespace overreach {

// How far a line is followed: generated text has lines of megabytes, and every
// look at one must cost the same.
inline constexpr std::size_t kLineReach = 4096;

inline std::size_t line_begin(std::string_view text, std::size_t at,
                              std::size_t reach = kLineReach) {
  const std::size_t low = at > reach ? at - reach : 0;
  // memrchr: std::string_view::rfind goes byte by byte.
  const void* const before = ::memrchr(text.data() + low, '\n', at - low);
  if (!before) return low;
  return static_cast<std::size_t>(static_cast<const char*>(before) -
                                  text.data()) +
         1;
}

inline std::size_t line_end(std::string_view text, std::size_t at,
                            std::size_t reach = kLineReach) {
  const std::string_view near = text.substr(at, reach);
  return at + std::min(near.find('\n'), near.size());
}

// The line from `at` on, at most `reach` bytes of it.
inline std::string_view line_behind(std::string_view text, std::size_t at,
                                    std::size_t reach) {
  return text.substr(at, line_end(text, at, reach) - at);
}

// The line around `at`, at most `reach` bytes to either side.
inline std::string_view line_around(std::string_view text, std::size_t at,
                                    std::size_t reach = 2000) {
  const std::size_t low = at > reach ? at - reach : 0;
  const std::size_t high = std::min(text.size(), at + reach);
  const std::string_view near = text.substr(low, high - low);
  const std::size_t begin = line_begin(near, at - low);
  return near.substr(begin, line_end(near, at - low) - begin);
}

}  // namespace overreach
