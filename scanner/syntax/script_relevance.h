// Which shell scripts and Makefiles are worth a parse.
#pragma once

#include <string_view>

namespace overreach {

// Whether a script deploys, copies or destroys something, reads or sets what
// says where, or holds what opens it: by a few words, where they are meant.
bool script_may_matter(std::string_view text);

}  // namespace overreach
