// mongodb+srv: the servers behind a name, by DNS.
// mongodb.com/docs/manual/reference/connection-string
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

struct MongoServer {
  std::string host;
  std::uint16_t port = 0;
};

// The first server of _mongodb._tcp.NAME.  One outside the name's own domain
// is refused: whoever can forge an answer must not choose where we log in.
Result<MongoServer> first_mongo_server(const std::string& name);

// Whether `host` ends with the domain of `name`, which has three labels or
// more.
bool is_in_domain_of(std::string_view host, std::string_view name);

// The first server of a DNS message with SRV records; nothing fits: an error.
Result<MongoServer> read_srv_message(std::string_view message,
                                     std::string_view name);

}  // namespace overreach
