// Where Git looks for the hooks of a work tree.
#pragma once

#include <string>

#include "scanner/base/result.h"
#include "scanner/git/repository.h"

namespace overreach {

struct HooksFolder {
  Repository repository;  // has a work tree
  std::string path;       // absolute, without a '/' at its end; may be absent
  bool is_configured = false;  // by core.hooksPath, of whichever level
};

// By the configuration of the system, the user, the repository and the work
// tree, with the files that they include; what `git -c` adds is not seen.  An
// empty folder is the current one, or GIT_DIR when that is set.  Fails when
// there is no repository, when it is bare, or when its configuration cannot be
// read.
Result<HooksFolder> find_hooks_folder(const std::string& folder);

}  // namespace overreach
