// Escapes of quoted texts, as C, JSON, YAML, TOML and most languages have them.
#pragma once

#include <string>
#include <string_view>

namespace overreach {

// `text` without its quotes.  \n \t \r \0 \xHH \uHHHH \UHHHHHHHH and \u{H...}
// are what they say, an escaped line break is nothing, any other byte behind
// '\\' is itself.
std::string unescape(std::string_view text);

}  // namespace overreach
