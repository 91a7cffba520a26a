// The comments by which people say that a finding is fine: ours and those of
// the tools they used before.
#pragma once

#include <string_view>

namespace overreach {

// On the line where the secret begins or ends, or, for the `nextline` forms,
// on the line before it.  `overreach:allow` may name rules: "overreach:allow
// aws-access-key-id,github-*"; what follows a further space is a reason.
bool has_allow_marker(std::string_view text, std::size_t begin, std::size_t end,
                      std::string_view rule);

}  // namespace overreach
