// A long-lived credential for a short-lived access token: a request that
// changes nothing but the provider's log.
#pragma once

#include <string>

#include "scanner/privilege/schemes/scheme.h"

namespace overreach {

// POSTs the form and returns `access_token` of the reply; from then on the one
// that the session keeps under the URL.  An error begins with kDead when the
// provider does not know the credential (400 or 401).
Result<std::string> exchange(const std::string& url, const std::string& form,
                             SchemeInput& input, const HttpRequest& request);

}  // namespace overreach
