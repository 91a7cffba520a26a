// Lines of a text, found around an offset without an index of the whole.
#pragma once

#include <algorithm>
#include <string_view>

namespace overreach {

inline std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? text.npos : text.rfind('\n', at - 1);
  return before == text.npos ? 0 : before + 1;
}

inline std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
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
