// Which environment places and credentials belong to: the door of this stage.
// All functions are pure and may be called from any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "scanner/core/entry.h"
#include "scanner/core/labelled_file.h"
#include "scanner/core/report.h"

namespace overreach {

// Fills Place::environment of every place by its path, or else by the section
// of `files` (sorted by path) it stands in, and, unless the token's own form
// has said it, Credential::environment: by the host, database and other names
// the credential holds, by the name it is assigned to, or by the place.  What a
// credential itself says outweighs where it stands; of several answers of one
// kind production counts.
void label_credentials(std::span<Credential> credentials,
                       const std::vector<LabelledFile>& files);

// Whether its own host is the machine that reads it, or a name reserved for
// examples, and nothing else in it says otherwise.  After label_credentials().
bool is_local(const Credential& credential);

// Says of every entry where it stands and what its value belongs to.
// O(entries x depth of their keys).
LabelledFile label_entries(std::string path, EntryList list);

// Follows references inside of the repository: what an unlabelled file or
// section is for by those who use it (env_file, extends, ConfigMaps), and what
// a Terraform variable is by the attribute it sets.  One call for all files,
// sorted by path, before anchor().
void follow_references(std::vector<LabelledFile>& files);

// Lets the repository say itself what production is: a resource that a surely
// labelled production place names is production's wherever else it stands.
// One call for all files, sorted by path.
void anchor(std::vector<LabelledFile>& files);

}  // namespace overreach
