// Names that are only used, which most names are: dropped before anything
// around them is taken apart.
#pragma once

#include <string_view>

#include "scanner/match/name_place.h"

namespace overreach {

// What follows the name says that nothing is assigned to it.
bool is_only_used(std::string_view text, const NamePlace& name);

}  // namespace overreach
