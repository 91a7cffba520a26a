// Which build of a program is running.
#pragma once

#include <string>

namespace overreach {

// Differs for programs that differ: the linker's digest of this one (its build
// id), or all its bytes where there is none.
std::string program_build();

}  // namespace overreach
