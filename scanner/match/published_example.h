// Whether a value is printed in a specification or a vendor's documentation.
#pragma once

#include <string_view>

namespace overreach {

// A token, key or password; of a JSON Web Token its payload decides, since the
// signature follows from whatever key the reader was to try.
bool is_published_example(std::string_view value);

}  // namespace overreach
