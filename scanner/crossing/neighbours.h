// What the settings beside an entry say of the same server: whose account,
// which database on it, and whether a password is there.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scanner/core/labelled_file.h"

namespace overreach {

// Another entry of the same section that opens what this one names.
bool is_beside_password(const LabelledFile& file, std::size_t entry);

// Another entry of the same section that says where it is asked for.
bool is_beside_server(const LabelledFile& file, std::size_t entry);

// Its server runs on the machine of whoever uses it: a name there is only
// production's where both environments share the machine.
bool is_on_own_machine(const LabelledFile& file, std::size_t entry);
bool is_on_own_machine(const std::vector<LabelledFile>& files,
                       const Place& place);

// Its server, named in the entry or else beside it, is called another
// environment's than production.
bool is_on_server_elsewhere(const LabelledFile& file, std::size_t entry);

// Its server is a container of the same stack by its bare name: nobody outside
// of its network reaches it.
bool is_in_own_network(const std::vector<LabelledFile>& files,
                       const Place& place);

// Where the entry names a server by its host: the database, schema, number or
// prefix on it that its neighbours name.  Empty when none does.
std::string database_beside(const LabelledFile& file, std::size_t entry);

// The account a password at that place belongs to, as its neighbours name it.
// Empty when none does.
std::string account_beside(const std::vector<LabelledFile>& files,
                           const Place& place);

}  // namespace overreach
