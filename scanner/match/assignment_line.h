// What stands around a name that may be given a value: on its line, before it
// and behind the value.  `name_begin` is the offset of the name in the text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "scanner/core/shape.h"
#include "scanner/match/file_kind.h"
#include "scanner/match/literal.h"

namespace overreach {

// Calls that only ask for a value by a name: getPassword, find, prompt ...
bool is_question(std::string_view name);

// The literal inside a call or behind an `or`, at `at`: bytes("x"),
// env("X") || "y", os.environ.get("X", "y").
std::optional<Literal> wrapped_literal(std::string_view text, std::size_t at);

bool is_first_on_line(std::string_view text, std::size_t name_begin);
// The line is a comment: # x, // x, * x.
bool is_commented(std::string_view text, std::size_t name_begin);
bool is_define(std::string_view text, std::size_t name_begin);
bool is_sql(std::string_view text, std::size_t name_begin);
bool is_among_settings(std::string_view text, std::size_t name_begin);
bool is_inside_string(std::string_view text, std::size_t name_begin);

// The quote that is open at `name_begin` on its line, or '\0'.
char open_quote(std::string_view text, std::size_t name_begin);

// Behind one line break and the blanks around it, or `at` when there is none.
std::size_t behind_line_break(std::string_view text, std::size_t at);

// value="x" at `at`, behind blanks.
std::optional<Literal> attribute_value(std::string_view text, std::size_t at);

// The first literal of the list that opens at `at`.
std::optional<Literal> first_in_list(std::string_view text, std::size_t at);

// ->add('password', 'repeated', ...): a field of a form and its type.
bool is_field_of_form(std::string_view text, std::size_t name_begin,
                      const Literal& value);

// Behind a value that ends at `end`.
bool words_follow(std::string_view text, std::size_t end);
bool sentence_follows(std::string_view text, std::size_t end, FileKind kind);

}  // namespace overreach
