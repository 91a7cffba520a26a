// Quoted literals as the languages of code and configuration write them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace overreach {

// A quoted literal that begins at `at` (at its prefix letters or quote): the
// span between the quotes.  Nothing for a template with parts to fill in.
struct Literal {
  std::size_t begin, end;
  std::size_t after;  // behind the closing quote
};
std::optional<Literal> read_literal(std::string_view text, std::size_t at);

}  // namespace overreach
