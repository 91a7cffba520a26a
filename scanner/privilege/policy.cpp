// The checks of a request, from what it does to where it goes.  Errors quote
// hosts, methods and header names, never a URL or a value.
#include "scanner/privilege/policy.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "scanner/base/text.h"
#include "scanner/privilege/request_content.h"

namespace overreach {
namespace {

Status refused(std::string_view provider, const std::string& why) {
  return fail(std::string(provider) + ": " + why);
}

// As split_url() gives it: no brackets, no dot of the root, lower case.
std::string plain_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  }
  if (host.ends_with('.')) host.remove_suffix(1);
  return lower_case(host);
}

struct HostAndPort {
  std::string host;
  std::uint16_t port = 0;  // 0: any
};

// An argument of --allow-host; an empty host when it is none.
HostAndPort split_allowed(std::string_view text) {
  const bool has_port = text.find("]:") != text.npos ||
                        std::count(text.begin(), text.end(), ':') == 1;
  if (!has_port) return {plain_host(text), 0};
  const std::size_t colon = text.rfind(':');
  const std::string_view digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || !port) {
    return {};
  }
  return {plain_host(text.substr(0, colon)), port};
}

bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

// "*.acme.example" takes one or more plain labels for the star.
bool fits_host(std::string_view pattern, std::string_view host) {
  if (!pattern.starts_with("*.")) return pattern == host;
  const std::string_view suffix = pattern.substr(1);
  if (host.size() <= suffix.size() || !host.ends_with(suffix)) return false;
  host.remove_suffix(suffix.size());
  std::size_t label = 0;
  for (const char c : host) {
    if (c == '.' ? label == 0 : !is_label_character(c)) return false;
    label = c == '.' ? 0 : label + 1;
  }
  return label > 0;
}

bool is_localhost(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost");
}

// Names that stand for this machine or what runs it, wherever one is.
bool is_private_name(std::string_view host) {
  constexpr std::string_view kMetadata[] = {
      "metadata", "metadata.google.internal", "metadata.goog", "instance-data",
      "instance-data.ec2.internal"};
  return is_localhost(host) ||
         std::count(std::begin(kMetadata), std::end(kMetadata), host) > 0;
}

// What some resolver would take for an address: it ends in a number.
bool looks_like_address(std::string_view host) {
  if (host.find(':') != host.npos) return true;
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.starts_with("0x")) {
    return last.find_first_not_of("0123456789abcdef", 2) == last.npos;
  }
  return last.find_first_not_of("0123456789") == last.npos;
}

const Provider* find_provider(const ProviderSet& set, std::string_view id) {
  const auto found =
      std::find_if(set.providers.begin(), set.providers.end(),
                   [&](const Provider& provider) { return provider.id == id; });
  return found == set.providers.end() ? nullptr : &*found;
}

Status check_method(const HttpRequest& request) {
  if (request.method == "GET" || request.method == "HEAD") {
    if (request.body.empty()) return {};
    return refused(request.provider, request.method + " with a body");
  }
  if (request.method != "POST") {
    return refused(request.provider, request.method +
                                         " is refused: only GET, HEAD and POST "
                                         "that reads are sent");
  }
  if (request.reads_because.empty()) {
    return refused(request.provider,
                   "POST is refused: the rule file does not say why it reads");
  }
  return {};
}

// What stands in the URL and the body, behind the method's back.
Status check_content(const HttpRequest& request, const UrlParts& url) {
  const std::string problem = content_problem(request, url);
  if (problem.empty()) return {};
  return refused(request.provider, request.method + " is refused: " + problem);
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos;
}

bool is_token(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_label_character(c) || (c >= 'A' && c <= 'Z') ||
           kOthers.find(c) != kOthers.npos;
  });
}

// Headers with which a request is another one than its method and URL say.
Status check_headers(const HttpRequest& request, const UrlParts& url) {
  constexpr std::string_view kForbidden[] = {"x-http-method-override",
                                             "x-http-method",
                                             "x-method-override",
                                             "x-method",
                                             "x-original-method",
                                             "x-original-url",
                                             "x-rewrite-url",
                                             "x-forwarded-host",
                                             "transfer-encoding",
                                             "content-length",
                                             "connection",
                                             "te",
                                             "trailer",
                                             "expect",
                                             "upgrade"};
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name)) {
      return refused(request.provider, "a header's name is none");
    }
    if (has_line_break(value)) {
      return refused(request.provider, "header " + name + " has a line break");
    }
    std::string lower = lower_case(name);
    std::replace(lower.begin(), lower.end(), '_', '-');  // the same to CGI
    const bool is_other_host =
        lower == "host" && split_allowed(value).host != url.host;
    if (is_other_host ||
        std::count(std::begin(kForbidden), std::end(kForbidden), lower) > 0) {
      return refused(request.provider, "header " + name + " is refused");
    }
  }
  return {};
}

}  // namespace

Policy::Policy(const ProviderSet& providers, PolicyOptions options)
    : providers_(providers), options_(std::move(options)) {}

Status Policy::check(const HttpRequest& request) const {
  TRY(check_method(request));
  const UrlParts url = split_url(request.url);
  if (request.url.starts_with('/')) {
    return refused(request.provider, "its host is not known; --endpoint " +
                                         request.provider + "=URL names it");
  }
  if (url.host.empty()) return refused(request.provider, "the URL is broken");
  if (url.has_userinfo) {
    return refused(request.provider,
                   "host " + url.host + " behind a user name is refused");
  }
  TRY(check_headers(request, url));
  TRY(check_content(request, url));
  TRY(check_host(request.provider, url.host, url.port));
  if (url.scheme == "https") return {};
  const bool is_here = is_loopback_address(url.host) || is_localhost(url.host);
  if (url.scheme == "http" && is_here &&
      is_named_with_port(request.provider, url.host, url.port)) {
    return {};
  }
  return refused(request.provider,
                 "host " + url.host +
                     ": only https; http only for a loopback --endpoint or "
                     "--allow-host with its port");
}

Status Policy::check_host(std::string_view provider, std::string_view host,
                          std::uint16_t port) const {
  const std::string name = plain_host(host);
  if (is_users_choice(provider, name, port)) return {};
  const Provider* const found = find_provider(providers_, provider);
  if (!found) return refused(provider, "is no provider of the rule files");
  const bool is_listed = std::any_of(
      found->hosts.begin(), found->hosts.end(),
      [&](std::string_view pattern) { return fits_host(pattern, name); });
  if (!is_listed) {
    return refused(provider, "host " + name +
                                 " is not in its rule file; --allow-host " +
                                 name + " allows it");
  }
  if (is_private_name(name) ||
      (looks_like_address(name) && is_private_address(name))) {
    return refused(provider, "host " + name + " is private; --allow-host " +
                                 name + " allows it");
  }
  return {};
}

Status Policy::check_address(std::string_view provider, std::string_view host,
                             std::uint16_t port,
                             std::string_view address) const {
  const std::string name = plain_host(host);
  if (!is_private_address(address) || is_users_choice(provider, name, port)) {
    return {};
  }
  return refused(provider, "host " + name + " stands for the private address " +
                               std::string(address) + "; --allow-host " + name +
                               " allows it");
}

std::optional<std::string> Policy::endpoint_of(const Provider& provider) const {
  const auto found = options_.endpoints.find(std::string(provider.id));
  if (found == options_.endpoints.end()) return std::nullopt;
  std::string base = found->second;
  while (base.ends_with('/') && !base.ends_with("//")) base.pop_back();
  return base;
}

bool Policy::is_users_choice(std::string_view provider, std::string_view host,
                             std::uint16_t port) const {
  if (is_named_with_port(provider, host, port)) return true;
  return std::any_of(options_.allowed_hosts.begin(),
                     options_.allowed_hosts.end(),
                     [&](const std::string& text) {
                       const HostAndPort allowed = split_allowed(text);
                       return allowed.port == 0 && !allowed.host.empty() &&
                              allowed.host == host;
                     });
}

bool Policy::is_named_with_port(std::string_view provider,
                                std::string_view host,
                                std::uint16_t port) const {
  const auto endpoint = options_.endpoints.find(std::string(provider));
  if (endpoint != options_.endpoints.end()) {
    const UrlParts url = split_url(endpoint->second);
    if (!url.host.empty() && url.host == host && url.port == port) return true;
  }
  return std::any_of(options_.allowed_hosts.begin(),
                     options_.allowed_hosts.end(),
                     [&](const std::string& text) {
                       const HostAndPort allowed = split_allowed(text);
                       return allowed.port != 0 && allowed.port == port &&
                              allowed.host == host;
                     });
}

}  // namespace overreach
