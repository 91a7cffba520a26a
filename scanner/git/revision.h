// Names of commits as people write them, for repositories that libgit2 does not
// know.
#pragma once

#include <optional>
#include <string_view>

#include "scanner/git/object_id.h"
#include "scanner/git/object_store.h"
#include "scanner/git/refs.h"
#include "scanner/git/repository.h"

namespace overreach {

// Of gitrevisions(7): refs in Git's order of places, "@", FETCH_HEAD and the
// like, ids and their beginnings, "@{upstream}", and behind any of them ~N, ^N
// and ^{...}.  Nothing for what names no commit, several, or is written in
// another way.
std::optional<ObjectId> find_commit(const Repository& repository,
                                    const ObjectStore& objects,
                                    const Refs& refs, const RefsByName& names,
                                    std::string_view revision);

}  // namespace overreach
