// The identifier around a hit of a word.  Every reader of names begins with it,
// so it is found once, eight characters at a time: a loop that ends somewhere
// in every name is what no processor predicts.
#pragma once

#include <cstddef>
#include <string_view>

#include "scanner/core/shape.h"

namespace overreach {

inline constexpr CharSet kNameCharacters = char_set("A-Za-z0-9_.$-");
inline constexpr std::size_t kMaxName = 80;

struct NamePlace {
  std::size_t at;          // the first byte of the word
  std::size_t begin, end;  // of [A-Za-z0-9_.$-] around it, kMaxName each way
  std::size_t word_end;    // of [A-Za-z0-9_] from `at` on, no further than end
};

// REQUIRES: 8 readable bytes behind the text.
NamePlace find_name_place(std::string_view text, std::size_t at);

}  // namespace overreach
