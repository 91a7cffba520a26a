// From a probe of a rule file to the request it stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scanner/core/probe.h"
#include "scanner/core/report.h"
#include "scanner/privilege/http.h"
#include "scanner/privilege/policy.h"
#include "scanner/privilege/template.h"

namespace overreach {

// What a request takes from the credential and the user: "secret", "part.RULE"
// and "endpoint".  May be a secret.  Nothing for other names.
std::optional<std::string> given_text(const Provider& provider,
                                      const Credential& credential,
                                      const Policy& policy,
                                      std::string_view name);

// Without what proves the identity.  `lookup` may give secrets: what it gives
// for a URL is percent-encoded.  Nothing when a name is not known.
std::optional<HttpRequest> build_request(const Provider& provider,
                                         const Probe& probe,
                                         const Policy& policy,
                                         const Lookup& lookup);

// Whether the probe shows the credential to the provider.  An answer to one
// that does not (which site a name stands for) proves nothing about it.
bool shows_credential(const Provider& provider, const Probe& probe);

// The same request for the next page.
void set_query(HttpRequest& request, std::string_view name,
               std::string_view value);
// Of a POST: the GraphQL variable, the member of the JSON or the field of the
// form in its body.
void set_in_body(HttpRequest& request, std::string_view name,
                 std::string_view value);

}  // namespace overreach
