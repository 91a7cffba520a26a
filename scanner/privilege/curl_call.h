// One attempt of one request by libcurl: no retry, no redirect, no waiting for
// others.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "scanner/privilege/curl_transport.h"
#include "scanner/privilege/libcurl.h"

namespace overreach {

struct Attempt {
  HttpReply reply;
  bool is_refused = false;  // the policy does not like the address
  bool may_retry = false;
  int sent = 0;  // libcurl itself repeats what an old connection swallowed
  std::optional<std::chrono::seconds> retry_after;
  std::string redirect;  // absolute URL of a 3xx, or empty
};

// What attempts have in common.
struct CallContext {
  const Curl& curl;
  const Policy& policy;
  const NetworkOptions& options;
  const std::string& user_agent;
};

// `url` are the parts of the request's URL; an empty `proxy` is none.  The
// handle may have been used before and keeps its connections.
Attempt perform(const CallContext& context, CURL* handle,
                const HttpRequest& request, const UrlParts& url,
                const std::string& proxy);

}  // namespace overreach
