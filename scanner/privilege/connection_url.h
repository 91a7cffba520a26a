// Pieces that the readers of connection texts share.  A text is one of
//   scheme://user:password@host:port/database?option=value   connection_url.cpp
//   host=h user=u password='p' | Server=h;Uid=u;Pwd=p connection_pairs.cpp
//   user:password@tcp(host:port)/database (Go)               connection_url.cpp
//   host:port,password=p,ssl=True (StackExchange.Redis) connection_pairs.cpp
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/privilege/connection.h"

namespace overreach {

// "Require" or "SSL_MODE" -> what style and case do not matter for.
std::string plain_name(std::string_view text);

// Takes an option of any driver that says whether to encrypt.
void apply_tls_option(ConnectionTarget& target, std::string_view key,
                      std::string_view value);

// Takes "host", "host:port", "[v6]:port" and the first of several with commas.
Status apply_host(ConnectionTarget& target, std::string_view text);

Status apply_port(ConnectionTarget& target, std::string_view digits);

// Reads a text of keys and values.
Result<ConnectionTarget> parse_connection_pairs(std::string_view text);

}  // namespace overreach
