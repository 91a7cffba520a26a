// Connection strings that are lists of settings: ADO.NET's
// "Server=tcp:db.acme.com,1433;Database=shop;Password=..." and libpq's
// "host=db.acme.com dbname=shop password=...".
#pragma once

#include <optional>
#include <string_view>

#include "scanner/environment/address.h"

namespace overreach {

// Absent for a text that names no server, or nothing to open on it.
std::optional<Address> parse_connection_string(std::string_view text);

}  // namespace overreach
