// URLs are taken apart strictly: what two programs could read in two ways is
// no URL, so that what the policy sees is what is contacted.
#include "scanner/privilege/http.h"

#include <arpa/inet.h>
#include <strings.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "scanner/base/text.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxHostBytes = 253;  // of the DNS
constexpr std::size_t kMaxLabelBytes = 63;

bool is_letter(char c) { return (c >= 'a' && c <= 'z'); }

// White space and control characters are dropped by some parsers, a backslash
// is a slash to others.
bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' || byte == 0x7f || c == '\\';
}

bool is_scheme(std::string_view scheme) {
  return !scheme.empty() && is_letter(scheme[0]) &&
         std::all_of(scheme.begin(), scheme.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == '+' || c == '-' ||
                  c == '.';
         });
}

// Names of the DNS, with '_' and the bytes of international names; percent
// signs are not taken, as curl would decode them.
bool is_host_character(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > kMaxHostBytes) return false;
  std::size_t label = 0;
  for (const char c : host) {
    if (c == '.' ? label == 0 : !is_host_character(c)) return false;
    label = c == '.' ? 0 : label + 1;
    if (label > kMaxLabelBytes) return false;
  }
  return label > 0;
}

bool is_ipv6(const std::string& host) {
  in6_addr ignored;
  return inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  if (port == 0 || text[0] == '0') return {};
  return port;
}

std::uint16_t default_port(std::string_view scheme) {
  if (scheme == "https") return 443;
  return scheme == "http" ? 80 : 0;
}

// "host:8443" or "[::1]:8443" without userinfo; false when it is neither.
bool split_authority(std::string_view text, UrlParts& parts) {
  std::string_view host = text, port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == text.npos) return false;
    host = text.substr(1, end - 1);
    port = text.substr(end + 1);
  } else if (const auto colon = text.find(':'); colon != text.npos) {
    host = text.substr(0, colon);
    port = text.substr(colon);
  }
  parts.host = lower_case(host);
  if (text.starts_with('[')) {
    if (!is_ipv6(parts.host)) return false;
  } else {
    // The dot of the root: the same host, but another text.
    if (parts.host.ends_with('.')) parts.host.pop_back();
    if (!is_host_name(parts.host)) return false;
  }
  if (port.empty()) return true;
  const auto number = port[0] == ':' ? parse_port(port.substr(1))
                                     : std::optional<std::uint16_t>();
  parts.port = number.value_or(0);
  return number.has_value();
}

}  // namespace

std::string_view HttpReply::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key.size() == name.size() &&
        strncasecmp(key.data(), name.data(), name.size()) == 0) {
      return value;
    }
  }
  return {};
}

UrlParts split_url(std::string_view url) {
  if (std::any_of(url.begin(), url.end(), is_forbidden)) return {};
  const std::size_t colon = url.find("://");
  if (colon == url.npos) return {};
  UrlParts parts;
  parts.scheme = lower_case(url.substr(0, colon));
  if (!is_scheme(parts.scheme)) return {};
  parts.port = default_port(parts.scheme);
  std::string_view rest = url.substr(colon + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, path);
  if (const auto at = authority.rfind('@'); at != authority.npos) {
    parts.has_userinfo = true;
    authority.remove_prefix(at + 1);
  }
  if (!split_authority(authority, parts)) return {};
  parts.path = rest.substr(path);
  if (!parts.path.starts_with('/')) parts.path.insert(0, 1, '/');
  return parts;
}

}  // namespace overreach
