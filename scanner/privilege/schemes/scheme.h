// How a request proves who asks: one .cpp per scheme, found by its first word.
//
//   none                         nothing
//   bearer [TEMPLATE]            Authorization: Bearer <secret>
//   token, apikey, ...           see simple.cpp: other words before the secret
//   header NAME [TEMPLATE]       NAME: <secret>
//   query NAME [TEMPLATE]        ?NAME=<secret>
//   basic [USER [PASSWORD]]      Authorization: Basic; templates; without any
//                                the secret is "user:password" or the password
//   sigv4 SERVICE REGION         AWS
//   google [SCOPE]               a service account key for an access token
//   azure RESOURCE               client credentials for an access token
//   azure-storage                a storage account's shared key
//   oci                          Oracle's request signing
//   kubernetes                   token or client certificate of a kubeconfig
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/report.h"
#include "scanner/privilege/http.h"

namespace overreach {

// What a scheme may use.  Lives as long as the conversation about one
// credential; a scheme keeps what it exchanged (access tokens) in `session`.
struct SchemeInput {
  const Credential& credential;
  std::int64_t now = 0;  // seconds since 1970
  // Fills {variables} of a scheme's argument: facts, parts, values so far.
  std::function<std::string(std::string_view)> expand;
  Transport& transport;
  std::map<std::string, std::string>& session;
};

// Adds what proves the identity to the request.  `words` are the scheme's name
// and its arguments.  The error says what is missing, never a secret.
Status sign(const std::vector<std::string>& words, SchemeInput& input,
            HttpRequest& request);

// Whether there is such a scheme; for checking rule files.
bool is_scheme(std::string_view name);

}  // namespace overreach
