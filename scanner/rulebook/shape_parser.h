// The text form of a shape, as rule files write it (see rules/README.md).
#pragma once

#include <optional>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/core/shape.h"

namespace overreach {

// The shape's views point into `text`, which must outlive it.
// Errors say what is wrong and at which byte: "column 7: unknown alphabet".
Result<Shape> parse_shape(std::string_view text);

// The characters of a named alphabet; absent for an unknown name.
std::optional<CharSet> alphabet(std::string_view name);

}  // namespace overreach
