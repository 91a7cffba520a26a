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

  // The values of "/pointer", "header NAME", "status" or "body"; none for
  // another subject.
  std::vector<std::string> values(std::string_view subject) const;
};

// Outcome by the probe's own rules, the provider's, then by status.
Reply read_reply(const Provider& provider, const Probe& probe,
                 const HttpReply& http);

// Pieces of `text` between any of these characters, without empty ones.
std::vector<std::string> split_text(std::string_view text,
                                    std::string_view at);

// The URL of rel="next" in a Link header (RFC 8288), or an empty text.
std::string next_link(const Reply& reply);

}  // namespace overreach
