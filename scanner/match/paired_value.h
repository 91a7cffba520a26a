// A value beside its name without an operator between them: two members of one
// object, a selector of a page and what is typed there, an option and its
// default.
#pragma once

#include <optional>
#include <string_view>

#include "scanner/match/literal.h"

namespace overreach {

// {"key": "password", "value": "x"}, - name: PASSWORD / value: x,
// <key>password</key><string>x</string>, get("#password").type("x"),
// fill("[name=password]", "x"), option("--password", default="x"),
// let(:password) { "x" }, Map.of("user", "a", "password", "x").
// text[name_begin, name_end) is the name; looks at its line and the next one.
std::optional<Literal> paired_value(std::string_view text,
                                    std::size_t name_begin,
                                    std::size_t name_end);

// The text of the element whose name, or attribute's value if `is_quoted`, ends
// at `at`.
std::optional<Literal> element_text(std::string_view text, std::size_t at,
                                    bool is_quoted);

}  // namespace overreach
