// Through which proxy a host is reached, by the usual variables of the
// environment.  Decided here and not by libcurl: only who knows that there is
// no proxy can judge the address that a connection goes to.
#pragma once

#include <string>
#include <string_view>

namespace overreach {

// As curl reads them: the lower-case variable wins over the upper-case one, and
// HTTP_PROXY is not looked at (a CGI client sets it), nor is http_proxy: plain
// http goes to loopback addresses only, and those never through a proxy.
struct ProxySettings {
  std::string https;   // https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY
  std::string except;  // no_proxy, NO_PROXY: "*", or names with what is below
                       // them, addresses and blocks ("10.0.0.0/8") with commas
};
ProxySettings proxy_settings_of_environment();

// The proxy's URL; empty: none.  `host` is as split_url() gives it.
std::string proxy_for(const ProxySettings& settings, std::string_view host);

}  // namespace overreach
