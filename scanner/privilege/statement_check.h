// check_statement() is in connection.h; this is what sessions share with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace overreach {

// At blanks; Redis commands have no quoting here.
std::vector<std::string> split_words(std::string_view statement);

}  // namespace overreach
