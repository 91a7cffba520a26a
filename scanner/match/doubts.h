// Why a value behind the name of a secret is rather none, as its place says:
// the lines around it, the kind of file, its own name.  What the value alone
// says is in value.h and other_uses.h.
#pragma once

#include <cstddef>
#include <string_view>

#include "scanner/match/assignment.h"
#include "scanner/match/names.h"
#include "scanner/match/readers.h"

namespace overreach {

// Where the assignment's name begins in the text it was read from.
std::size_t name_at(std::string_view text, const Assignment& found);

// The reason to report it with low confidence, or nothing.  Looks at its line
// and the two beside it.
std::string_view doubt(const ReaderInput& input, const Assignment& found,
                       NameKind kind);

}  // namespace overreach
