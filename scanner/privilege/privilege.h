// What a credential may do.  Offline: what the token itself says (its claims,
// caveats, ids, dates) and what its kind may do by default.  On request: what
// its provider answers, to requests that change nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/core/probe.h"
#include "scanner/core/report.h"
#include "scanner/core/rule.h"
#include "scanner/privilege/certificates.h"

namespace overreach {

// Fills facts, reach, live and environment of a credential of that kind.
// `now` is seconds since 1970.  Evidence is `inferred` where the token says it
// and `assumed` where the kind does.
void assess_offline(const TokenRule& rule, std::int64_t now,
                    Credential& credential);

// The same of the reach where nothing but the kind said it, once it is known to
// which environments the places belong.
void assess_places(const TokenRule& rule, Credential& credential);

// The operations that a credential of its kind allows by default.
void assume_powers(const ProviderSet& providers, Credential& credential);

struct AskOptions {
  std::int64_t now = 0;    // seconds since 1970
  std::string version;     // of the program, for the User-Agent
  std::string user_agent;  // added to ours
  std::map<std::string, std::string> endpoints;  // provider -> base URL
  std::vector<std::string> allowed_hosts;        // "host" or "host:port"
};

// The error names the option and what is wrong with it.
Status check_ask_options(const AskOptions& options,
                         const ProviderSet& providers);

// Asks the provider of every credential, several at a time, and judges what it
// answers.  Credentials of providers that cannot be asked, expired ones and
// canaries stay as they are.  A provider that gave no answer makes the scan
// incomplete.  Returns the hosts that were contacted, sorted.
std::vector<Contact> ask_providers(const ProviderSet& providers,
                                   const AskOptions& options,
                                   std::span<Credential> credentials,
                                   Diagnostics& diagnostics);

// The requests that ask_providers() would send, a line each, secrets redacted.
std::string plan_requests(const ProviderSet& providers,
                          const AskOptions& options,
                          std::span<const Credential> credentials);

}  // namespace overreach
