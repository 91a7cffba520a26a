// The files of a repository that belong to Git and hold credentials all the
// same: URLs in its config, a stored .git-credentials, hooks.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "scanner/core/diagnostics.h"

namespace overreach {

// `git_dir` and `common_dir` end in '/' and may be the same.  Paths are as
// people know them, ".git/config", or below the folder of a bare repository.
void read_settings(const std::string& git_dir, const std::string& common_dir,
                   bool is_bare, Diagnostics& diagnostics,
                   const std::function<void(std::string_view path,
                                            std::string_view bytes)>& use);

}  // namespace overreach
