// A name and the literal value it is given, as code and configuration write
// it: `name = "v"`, `"name": "v"`, `NAME=v`, `setName("v")`, `put("name",
// "v")`,
// `<name>v</name>`, `name: Type = "v"`, `--name v`, `#define NAME "v"`.
#pragma once

#include <optional>
#include <string_view>

#include "scanner/match/assignment_name.h"
#include "scanner/match/file_kind.h"
#include "scanner/match/literal.h"

namespace overreach {

struct Assignment {
  std::string_view name;           // whole name, without quotes
  std::size_t begin = 0, end = 0;  // of the value in the text, without quotes
  bool quoted = false;
  bool in_list = false;  // the first value of a list: more may follow
};

// The assignment to the name that holds `at`, or nothing when what follows the
// name gives it no literal value.  Looks at most a few hundred bytes ahead.
// REQUIRES: 8 readable bytes behind the text.
std::optional<Assignment> read_assignment(std::string_view text, std::size_t at,
                                          FileKind kind);
// The same for a name that was found and is more than used.
std::optional<Assignment> read_assignment(std::string_view text,
                                          const NameSpan& name, FileKind kind);

// The next literal of a list, behind one that ended at `at`: behind its quote,
// a comma, line breaks and comments.
std::optional<Literal> next_in_list(std::string_view text, std::size_t at);

}  // namespace overreach
