// Every option is set, also those that are libcurl's defaults today: this file
// is where to see that certificates are verified and redirects are not taken.
#include "scanner/privilege/curl_setup.h"

#include <strings.h>

namespace overreach {
namespace {

// The request's headers as curl wants them; what curl would add to a POST on
// its own is taken out.
bool fill(HeaderList& list, const HttpRequest& request) {
  bool has_type = request.method != "POST";
  for (const auto& [name, value] : request.headers) {
    if (!list.add(value.empty() ? name + ";" : name + ": " + value)) {
      return false;
    }
    has_type = has_type || strcasecmp(name.c_str(), "content-type") == 0;
  }
  return list.add("Expect:") && (has_type || list.add("Content-Type:"));
}

// From the parts, so that curl reads the URL as the policy did.
std::string url_text(const UrlParts& url) {
  const bool is_ipv6 = url.host.find(':') != url.host.npos;
  return url.scheme + "://" + (is_ipv6 ? "[" + url.host + "]" : url.host) +
         ":" + std::to_string(url.port) + url.path;
}

void set_limits(Setup& setup, const NetworkOptions& options) {
  setup.number(CURLOPT_NOSIGNAL, 1);
  setup.number(CURLOPT_CONNECTTIMEOUT_MS,
               static_cast<long>(options.connect_timeout.count()));
  setup.number(CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  setup.number(CURLOPT_FOLLOWLOCATION, 0);
  setup.number(CURLOPT_HTTP09_ALLOWED, 0);
  setup.number(CURLOPT_NETRC, CURL_NETRC_IGNORED);
  setup.number(CURLOPT_DISALLOW_USERNAME_IN_URL, 1);
  setup.number(CURLOPT_PATH_AS_IS, 1);
  setup.text(CURLOPT_ACCEPT_ENCODING, "gzip");
}

void set_tls(Setup& setup, const HttpRequest& request,
             const NetworkOptions& options) {
  for (const CURLoption peer :
       {CURLOPT_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYPEER}) {
    setup.number(peer, 1);
  }
  for (const CURLoption host :
       {CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYHOST}) {
    setup.number(host, 2);
  }
  for (const CURLoption version :
       {CURLOPT_SSLVERSION, CURLOPT_PROXY_SSLVERSION}) {
    setup.number(version, CURL_SSLVERSION_TLSv1_2);
  }
  if (!options.ca_file.empty()) setup.text(CURLOPT_CAINFO, options.ca_file);
  if (!request.authority.empty()) {
    setup.pem(CURLOPT_CAINFO_BLOB, request.authority);
    setup.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!request.client_certificate.empty()) {
    setup.text(CURLOPT_SSLCERTTYPE, "PEM");
    setup.text(CURLOPT_SSLKEYTYPE, "PEM");
    setup.pem(CURLOPT_SSLCERT_BLOB, request.client_certificate);
    setup.pem(CURLOPT_SSLKEY_BLOB, request.client_key);
    // Its connection is nobody else's; curl would not compare the keys.
    setup.number(CURLOPT_FRESH_CONNECT, 1);
    setup.number(CURLOPT_FORBID_REUSE, 1);
    setup.number(CURLOPT_SSL_SESSIONID_CACHE, 0);
  }
}

void set_method(Setup& setup, const HttpRequest& request) {
  if (request.method == "HEAD") setup.number(CURLOPT_NOBODY, 1);
  if (request.method == "GET") setup.number(CURLOPT_HTTPGET, 1);
  if (request.method != "POST") return;
  setup.number(CURLOPT_POST, 1);
  setup.set(CURLOPT_POSTFIELDSIZE_LARGE,
            static_cast<curl_off_t>(request.body.size()));
  setup.set(CURLOPT_POSTFIELDS, request.body.c_str());  // not copied
}

}  // namespace

void set_request(Setup& setup, const HttpRequest& request,
                 HeaderList& headers) {
  set_method(setup, request);
  if (!fill(headers, request)) setup.fail();
  setup.set(CURLOPT_HTTPHEADER, headers.get());
}

void set_connection(Setup& setup, const HttpRequest& request,
                    const NetworkOptions& options) {
  set_limits(setup, options);
  set_tls(setup, request, options);
}

void set_route(Setup& setup, const UrlParts& url, const std::string& proxy) {
  constexpr long kHttp = 1, kHttps = 2;
  const bool is_https = url.scheme == "https";
  setup.protocols(is_https ? "https" : "http", is_https ? kHttps : kHttp);
  setup.text(CURLOPT_URL, url_text(url));
  // Both set, so that curl does not look at the environment itself.
  setup.text(CURLOPT_PROXY, proxy);
  setup.text(CURLOPT_NOPROXY, "");
  setup.number(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
}

}  // namespace overreach
