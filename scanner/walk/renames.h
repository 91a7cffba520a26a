// Which new files of a staged change are old ones under another name: what
// moved along is not added by the commit.
#pragma once

#include "scanner/walk/changed_paths.h"

namespace overreach {

// Sets `before` of each new file that at least half equals a removed one, as
// `git diff -M` would; the nearest wins.  A file that only moved keeps its id:
// before == now.  A removed file became one other file at most: copies stay
// new, as they put a secret into one more place.
void find_renames(const OpenRepository& repository, ChangedPaths& paths);

}  // namespace overreach
