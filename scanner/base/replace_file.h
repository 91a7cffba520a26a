// Files that are written whole or stay as they were.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

// The new content takes the place of the old one, if any, when all of it is on
// the disk.  "<path>: cannot be written: <cause>".
Status replace_file(const std::string& path, std::string_view bytes,
                    mode_t mode = 0600);

}  // namespace overreach
