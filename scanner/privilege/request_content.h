// Whether a request that may be sent by its method and host does something else
// by what it holds: a GraphQL mutation, a parameter that stands for another
// method, an operation of AWS that changes something, a path that climbs.
#pragma once

#include <string>

#include "scanner/privilege/http.h"

namespace overreach {

// Why it may change something, one clause without values of the request but the
// name of an operation; empty when it may not.  What cannot be read is refused.
std::string content_problem(const HttpRequest& request, const UrlParts& url);

}  // namespace overreach
