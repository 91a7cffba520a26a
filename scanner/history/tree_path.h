// A path by numbers instead of names: which entry of a commit's tree, which of
// the tree there, and so on.  Says nothing to who has not the repository.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/git/object_store.h"
#include "scanner/history/state.h"

namespace overreach {

// "3/17/2"; nothing when the commit, 40 or 64 hex digits, has no such path.
std::optional<std::string> path_to_numbers(const ObjectStore& store,
                                           const std::string& commit,
                                           std::string_view path);
std::optional<std::string> numbers_to_path(const ObjectStore& store,
                                           const std::string& commit,
                                           std::string_view numbers);

// In findings in names, which are all that they change: takes the names out of
// texts that are to be saved, and puts them in again.  False when a path is
// not there.
bool hide_names(const ObjectStore& store, std::vector<KnownFinding>& findings);
bool show_names(const ObjectStore& store, std::vector<KnownFinding>& findings);

}  // namespace overreach
