// Requests over the network, by libcurl.  The policy is asked before a request
// leaves, again for the address that the host's name stands for, and again for
// a redirect; there is no way around it.
//
//   TLS        1.2 or newer; certificates are always verified
//   kept       nothing: no cookies, no .netrc, no HSTS or Alt-Svc files
//   redirects  only within one scheme, host and port, once, for GET and HEAD;
//              any other 3xx is the reply
//   retries    429, 502, 503, 504 and broken connections, with a growing pause
//              or the server's Retry-After
//   proxies    see proxy.h; a proxy resolves names, so that with one only
//              addresses in URLs are judged
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "scanner/core/report.h"
#include "scanner/privilege/http.h"
#include "scanner/privilege/policy.h"

namespace overreach {

struct NetworkOptions {
  // "overreach/<version> (read-only audit; +https://overreach.dev) <extra>"
  std::string version = "0";
  std::string user_agent_extra;
  std::string ca_file;  // PEM; empty: the system's

  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{20'000};  // of one attempt
  std::size_t max_body_bytes = 4 << 20;       // decoded
  int max_attempts = 3;
  std::chrono::milliseconds first_pause{500};   // doubles with each attempt
  std::chrono::milliseconds max_pause{30'000};  // of one request, all together
  int max_per_host = 2;                         // at the same time
  std::uint64_t max_requests = 10'000;          // of all, attempts counted

  // How to pause; a test need not.
  std::function<void(std::chrono::milliseconds)> sleep;
};

class NetworkTransport : public Transport {
 public:
  // "host", or "host:port" when the port is not 443, and how many requests went
  // there, each attempt counted; sorted by host.
  virtual std::vector<Contact> contacts() const = 0;
};

// `policy` must outlive the transport.  Reads the proxy variables now; libcurl
// is loaded by the first request, and when it cannot be every reply says so.
std::unique_ptr<NetworkTransport> make_network_transport(
    const Policy& policy, NetworkOptions options);

}  // namespace overreach
