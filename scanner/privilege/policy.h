// What may be sent at all.  Every request of every provider passes here, just
// before it leaves; nothing else in the program opens a connection.
//
//   methods   GET and HEAD; POST only where the rule file says why it reads,
//             and a GraphQL document only when all its operations are queries
//   content   nothing that makes it another request to some server: headers,
//             parameters, bodies, paths that climb (request_content.h)
//   hosts     those of the provider's rule file, of --endpoint, of --allow-host
//   schemes   https; plain http only for a loopback --endpoint or --allow-host
//   addresses private, link-local, loopback and metadata addresses only for
//             --endpoint and --allow-host, looked at again after DNS
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/probe.h"
#include "scanner/privilege/http.h"

namespace overreach {

struct PolicyOptions {
  std::map<std::string, std::string> endpoints;  // provider -> base URL
  // "host" or "host:port", "[::1]:80"; without a port every port is meant.
  std::vector<std::string> allowed_hosts;
};

class Policy {
 public:
  Policy(const ProviderSet& providers, PolicyOptions options);

  // The error names the provider, the host or method, and the rule.
  Status check(const HttpRequest& request) const;

  // The same for a connection that is no HTTP: a database.
  Status check_host(std::string_view provider, std::string_view host,
                    std::uint16_t port) const;

  // `address` is what the host's name stands for: "10.0.0.1", "::1".
  Status check_address(std::string_view provider, std::string_view host,
                       std::uint16_t port, std::string_view address) const;

  // The base URL of --endpoint; nothing when none was given.
  std::optional<std::string> endpoint_of(const Provider& provider) const;

 private:
  bool is_users_choice(std::string_view provider, std::string_view host,
                       std::uint16_t port) const;
  // The user gave this very port, too: what plain http needs.
  bool is_named_with_port(std::string_view provider, std::string_view host,
                          std::uint16_t port) const;
  const ProviderSet& providers_;  // outlives the policy
  PolicyOptions options_;
};

// Loopback, private, link-local, unique-local, carrier-grade NAT, multicast,
// unspecified, metadata services; IPv4 in IPv6 too.  What is no address counts
// as private.
bool is_private_address(std::string_view address);
bool is_loopback_address(std::string_view address);

// Whether every operation of the document is a query; aliases, fragments,
// comments and strings are understood.  False for a broken document.
bool is_graphql_query(std::string_view document);

}  // namespace overreach
