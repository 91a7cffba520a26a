// Files as one text: read whole, and written whole or left as they were.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

// Of what can be opened: a file, a pipe.  "<path>: cannot be read: <cause>",
// for a folder too.
Result<std::string> read_file(const std::string& path);

// The new content takes the place of the old one, if any, when all of it is on
// the disk.  "<path>: cannot be written: <cause>".
Status replace_file(const std::string& path, std::string_view bytes,
                    mode_t mode = 0600);

}  // namespace overreach
