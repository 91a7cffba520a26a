// PEM blocks as files, JSON and YAML texts hold them: with line ends, with "\n"
// in two characters, indented.  Source: RFC 7468.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace overreach {

// The bytes of the next block whose label ends in `label`, from `at` on, and
// moves `at` behind that label; nothing when there is none.  Empty for a block
// without end, or that is not of base64 alone, as an encrypted key's may be.
std::optional<std::string> next_pem(std::string_view text,
                                    std::string_view label, std::size_t& at);

}  // namespace overreach
