// A long-lived credential for a short-lived access token: a request that
// changes nothing but the provider's log.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "scanner/privilege/schemes/scheme.h"

namespace overreach {

struct Exchange {
  std::string url, form;
  std::string authorization;  // a header of that name, if any
  // What the token is for.  The session keeps one for each, as one credential
  // may need tokens of several scopes.
  std::string scope;
  // Whether a refusal says that the provider does not know the credential,
  // rather than that the clock, the scope or a rule of access is in the way.
  bool (*is_dead)(const nlohmann::json& reply) = nullptr;
};

// `access_token` of the reply, or the one that the session keeps.  The error
// begins with kDead when the credential is.
Result<std::string> exchange(const Exchange& ask, SchemeInput& input,
                             const HttpRequest& request);

// The text member of an object; else empty.
std::string text_member(const nlohmann::json& object, const char* name);

}  // namespace overreach
