// The whole name around a hit of its noun: db.password, --api-key, "API Key".
#pragma once

#include <cstddef>
#include <string_view>

#include "scanner/match/file_kind.h"
#include "scanner/match/name_place.h"

namespace overreach {

struct NameSpan {
  std::size_t begin, end;
  bool is_flag;  // an option of a command: a dash stands in front of it
};

NameSpan find_assigned_name(std::string_view text, const NamePlace& place,
                            FileKind kind);

// password.equals("x"), password.type("x"): what stands before the dot.
std::string_view without_verb(std::string_view name);

}  // namespace overreach
