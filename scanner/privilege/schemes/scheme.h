// How a request proves who asks: found by the first word.
//
//   none                         nothing
//   bearer [TEMPLATE]            Authorization: Bearer <secret>
//   authorization WORD [TEMPLATE]  Authorization: WORD <secret>
//   header NAME [TEMPLATE]       NAME: <secret>
//   query NAME [TEMPLATE]        ?NAME=<secret>
//   basic [USER [PASSWORD]]      Authorization: Basic; without any the secret
//                                is "user:password" or the user's name
//   digest USER PASSWORD         HTTP Digest, after the server's challenge
//   sigv4 SERVICE REGION [ID SECRET]   AWS Signature Version 4; by
//                                default with the parts of an AWS key
//   google [SCOPE...]            a service account key for an access token,
//                                or an access token; scopes are without
//                                "https://.../auth/" (default: the one word
//                                cloud-platform.read-only)
//   github-app                   the private key of a GitHub App, for the app
//   azure RESOURCE               client credentials for an access token
//   azure-storage [table]        a storage account's shared key; the table
//                                service signs differently
//   azure-sas                    a shared access signature of storage
//   azure-cosmos                 an account key of Cosmos DB
//   azure-servicebus             "SharedAccessKeyName=...;SharedAccessKey=..."
//                                of Service Bus, Event Hubs or Relay
//   azure-appconfig              "Endpoint=...;Id=...;Secret=..." of App
//                                Configuration
//   oauth CLIENT-ID PATH         client credentials for an access token, at
//                                PATH of the host that is asked
//   oci                          an API signing key of Oracle Cloud
//   ovh                          application key, its secret and consumer key
//                                of OVHcloud
//   kubernetes                   a kubeconfig, or a token or client key of one
//
// Facts that schemes take, besides the parts of AWS keys:
//   google         client_email, private_key_id (of a key that is no JSON file)
//   github-app     github-client-id or github-app-id
//   azure          azure-tenant-id, azure-client-id
//   azure-storage  azure-storage-account or account
//   oci            oracle-tenancy-ocid, oracle-user-ocid
//   kubernetes     kubernetes-client-certificate (for a client key alone),
//                  kubernetes-certificate-authority
//
// A TEMPLATE is a text with {variables} and no spaces; in it {secret} is the
// credential, {part.RULE-ID} a companion.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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
  // Fills {variables} of a template; nothing when one is not known.
  std::function<std::optional<std::string>(std::string_view)> expand;
  Transport& transport;
  std::map<std::string, std::string>& session;
};

// What a scheme's error begins with when the provider, asked for an access
// token, does not know the credential: the conversation takes it for dead.
inline constexpr std::string_view kDead = "dead: ";

// Adds what proves the identity to the request.  `words` are the scheme's name
// and its arguments.  The error says what is missing, never a secret.
Status sign(const std::vector<std::string>& words, SchemeInput& input,
            HttpRequest& request);

// Whether there is such a scheme; for checking rule files.
bool is_scheme(std::string_view name);

}  // namespace overreach
