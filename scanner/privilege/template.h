// Texts with {names} in them, as rule files write them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

// What a name stands for; nothing when it is not known.
using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

// Every {name} replaced; nothing when one is not known.  A brace that is not
// around a name (letters, digits and _ . # / : - only) stays: JSON has many.
std::optional<std::string> expand(std::string_view text, const Lookup& lookup);

// The first of the alternatives between " | " whose names are all known.
std::optional<std::string> expand_first(std::string_view text,
                                        const Lookup& lookup);

// The names in the text, in order.
std::vector<std::string_view> names_in(std::string_view text);

// Everything but letters, digits and - . _ ~ as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace overreach
