// The conversation about one credential: probes in order, answers used in later
// ones, until nothing more can be learned.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/probe.h"
#include "scanner/core/report.h"
#include "scanner/privilege/http.h"
#include "scanner/privilege/policy.h"
#include "scanner/privilege/variables.h"

namespace overreach {

// What was learned.  `known` has the outcome of every probe under its id, the
// values that probes read, the names in a list under the list's id, and the
// facts of the credential as "fact.NAME".
struct Answers {
  Variables known;
  std::map<std::string, std::vector<Resource>, std::less<>> resources;
  unsigned outcomes = 0;             // a bit for each that was seen
  std::vector<std::string> unclear;  // "probe: why", never a secret
  std::uint32_t requests = 0;

  bool saw(Outcome outcome) const {
    return (outcomes >> static_cast<unsigned>(outcome) & 1) != 0;
  }
};

struct ConversationOptions {
  std::int64_t now = 0;  // seconds since 1970, for signatures
  const Policy& policy;
  Transport& transport;
};

// Never fails: what goes wrong is an outcome.  At most 80 requests.
Answers converse(const Provider& provider, const Credential& credential,
                 const ConversationOptions& options);

// A request as --plan shows it: built, not sent.  Texts that only an answer
// could fill stay in braces.  Those that no answer can call for are left out;
// an exchange for an access token stands before the first request that needs
// it.
struct PlannedRequest {
  std::string provider, probe, method, url, auth, body;
  bool depends = false;  // sent only if earlier answers call for it
  std::string refused;   // why the policy would not let it out; mostly empty
};
std::vector<PlannedRequest> plan_conversation(const Provider& provider,
                                              const Credential& credential,
                                              const Policy& policy);

}  // namespace overreach
