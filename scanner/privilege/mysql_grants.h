// What a line of SHOW GRANTS says, in parts.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace overreach {

// One object a line:
//   grant         the line without authentication: MariaDB prints the hash of
//                 the password there
//   <level>       its privileges in capitals: "ALL" for ALL PRIVILEGES, nothing
//                 for USAGE, and "GRANT OPTION"; <level> is "global",
//                 "database", "table" (columns and routines too), "role" (names
//                 of granted roles) or "revoked" (a partial REVOKE)
//   scope         "*.*", "app.*", "app.orders"; absent for a role
//   name          for level "database" and "table": the name without quotes
nlohmann::json parse_grant(std::string_view line);

}  // namespace overreach
