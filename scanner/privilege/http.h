// One request and its reply, and who carries them: the network, the plan that
// only writes them down, or a test.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace overreach {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string provider;  // whose rule file asks
  std::string method = "GET";
  std::string url;  // absolute; scheme and host in lower case
  Headers headers;
  std::string body;
  std::string reads_because;  // why a POST changes nothing; else empty
  // PEM texts for a client certificate and a CA of its own; usually empty.
  std::string client_certificate, client_key, authority;
};

struct HttpReply {
  int status = 0;  // 0: no answer, and `error` says why
  Headers headers;
  std::string body;
  std::string error;  // one clause, never a secret
  // A limit, a server error or a broken line: asking again later may help.
  bool is_temporary = false;

  // The first header of that name, whatever its case; empty when absent.
  std::string_view header(std::string_view name) const;
};

// Used from several threads at once.
class Transport {
 public:
  virtual ~Transport() = default;
  // Never throws; what the policy forbids is a reply with an error.
  virtual HttpReply send(const HttpRequest& request) = 0;
};

// "https://api.acme.example:8443/v1" -> parts; all empty when it is no URL with
// a host, or one that could be read in two ways.  `host` has no port, no
// brackets and no dot at its end; ASCII letters of scheme and host are in lower
// case.  A fragment is dropped.
struct UrlParts {
  std::string scheme, host, path;  // path with query, at least "/"
  std::uint16_t port = 0;          // given, or of http and https
  bool has_userinfo = false;
};
UrlParts split_url(std::string_view url);

}  // namespace overreach
