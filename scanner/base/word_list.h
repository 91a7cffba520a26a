// Tables of words as one text: " psql mysql redis-cli ", each between blanks.
#pragma once

#include <string_view>

namespace overreach {

// O(list).  A word with a blank in it, or an empty one, is in no list.
bool is_listed(std::string_view list, std::string_view word);

}  // namespace overreach
