// What the name of a host says: whose machine it is, and of which environment.
#pragma once

#include <string_view>

#include "scanner/core/environment.h"
#include "scanner/core/labelled_file.h"

namespace overreach {

struct HostLabel {
  HostKind kind = HostKind::other;
  EnvironmentLabel environment;
};

// `host` is a DNS name or an address, without a port.  Only the labels left of
// the domain that somebody registered count: "login.live.com" and "foo.dev" say
// nothing.  A machine of one's own is `local`.
HostLabel label_of_host(std::string_view host);

// A pooler before the databases of many customers: whose it is the user's name
// says ("postgres.<project>").
bool is_pooler_of_many(std::string_view host);

}  // namespace overreach
