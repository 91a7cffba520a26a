// Where a repository keeps its objects, and in which format.
#pragma once

#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/git/object_id.h"

namespace overreach {

struct RepositoryFiles {
  // Its own first, then those it borrows from (alternates), nested ones too,
  // each once.
  std::vector<std::string> object_folders;
  HashKind hash = HashKind::sha1;
  bool is_partial = false;  // objects may be absent on purpose
};

// `git_dir` may be the folder of a work tree of a repository that is elsewhere,
// or a ".git" file that names one.  An alternate that is not there goes to the
// diagnostics.
Result<RepositoryFiles> find_repository_files(const std::string& git_dir,
                                              Diagnostics& diagnostics);

}  // namespace overreach
