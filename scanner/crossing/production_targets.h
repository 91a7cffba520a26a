// Which environment a command acts on, by its options.
#pragma once

#include <string>

#include "scanner/crossing/commands.h"

namespace overreach {

// An option that names production: "--namespace shop-prod".  Variables are
// looked up in the pipeline's own.  Empty when none does.
std::string production_target(const Command& command);

}  // namespace overreach
