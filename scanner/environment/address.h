// The parts of an address that say where it leads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace overreach {

struct Address {
  std::string scheme;  // lower case, without "jdbc:" or "+driver"
  std::string host;    // without port; the bucket of s3:// and gs://
  std::string port;    // empty: the scheme's
  std::string path;    // the first segment: a database, a prefix
  std::string user;
  bool has_password = false;
};

// "scheme://user:password@host:port/path?query", a JDBC form of it, "host:port"
// or a list of these, of which the first counts, or a connection string.
// Absent for a text that is none of these.
std::optional<Address> parse_address(std::string_view text);

// Whether the scheme opens a store of data, not a page.
bool is_data_scheme(std::string_view scheme);

}  // namespace overreach
