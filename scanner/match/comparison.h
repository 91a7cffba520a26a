// The literal that a test compares a secret with: the name stands in an
// assertion or in a condition, not in front of a value.
#pragma once

#include <optional>
#include <string_view>

#include "scanner/match/literal.h"

namespace overreach {

// assertEquals("x", user.getPassword()), expect(token).toBe("x"),
// "x".equals(token), $r.Password | Should -Be "x".  text[name_begin, name_end)
// is the name; looks at its line and the next one.
std::optional<Literal> compared_literal(std::string_view text,
                                        std::size_t name_begin,
                                        std::size_t name_end);

}  // namespace overreach
