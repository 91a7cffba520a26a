// A name and the literal value it is given, as code and configuration write
// it: `name = "v"`, `"name": "v"`, `NAME=v`, `setName("v")`, `put("name",
// "v")`,
// `<name>v</name>`, `name: Type = "v"`, `--name v`, `#define NAME "v"`.
#pragma once

#include <optional>
#include <string_view>

#include "scanner/match/file_kind.h"
#include "scanner/match/literal.h"

namespace overreach {

struct Assignment {
  std::string_view name;           // whole name, without quotes
  std::size_t begin = 0, end = 0;  // of the value in the text, without quotes
  bool quoted = false;
};

// The assignment to the name that holds `at`, or nothing when what follows the
// name gives it no literal value.  Looks at most a few hundred bytes ahead.
std::optional<Assignment> read_assignment(std::string_view text, std::size_t at,
                                          FileKind kind);

}  // namespace overreach
