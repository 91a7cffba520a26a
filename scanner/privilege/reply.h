// What a provider answered, and what that means.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/probe.h"
#include "scanner/privilege/http.h"

namespace overreach {

struct Reply {
  Outcome outcome = Outcome::unclear;
  int status = 0;
  Headers headers;
  nlohmann::json body;  // of JSON; another text as one string
  bool is_json = false;
  std::string error;  // why there is no answer; never a secret
  // What the access token that was sent says about itself, if it is a JWT.
  nlohmann::json claims;

  // The values of "/pointer", "header NAME", "status", "body" or
  // "claims /pointer"; none for another subject.
  std::vector<std::string> values(std::string_view subject) const;
};

// Outcome by the probe's own rules, the provider's, then by status.  A page for
// people, or data of another form than the probe reads, is unclear: a proxy, a
// firewall or an outage says nothing of a credential.
Reply read_reply(const Provider& provider, const Probe& probe,
                 const HttpReply& http);

// The claims of the JWT that a request is signed with; null without one.
nlohmann::json claims_of(const HttpRequest& request);

// Pieces of `text` between any of these characters, without empty ones.
std::vector<std::string> split_text(std::string_view text, std::string_view at);

// The URL of rel="next" in a Link header (RFC 8288), or an empty text.
std::string next_link(const Reply& reply);

}  // namespace overreach
