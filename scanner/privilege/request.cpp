#include "scanner/privilege/request.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace overreach {
namespace {

// Relative to the provider's base, in which the customer's own host may have
// to be filled in; with --endpoint, every URL of the provider goes there.
std::string absolute(std::string_view url, const Provider& provider,
                     const Policy& policy, const Lookup& lookup) {
  const auto endpoint = policy.endpoint_of(provider);
  if (!endpoint && !url.starts_with('/')) return std::string(url);
  std::string base =
      endpoint ? *endpoint : expand(provider.base, lookup).value_or("");
  while (base.ends_with('/')) base.pop_back();
  return base + (url.starts_with('/') ? std::string(url) : split_url(url).path);
}

// In "a=1&b=2": the value of a name, which may be new.
void set_form_value(std::string& form, std::string_view name,
                    std::string_view value) {
  const std::string key = std::string(name) + "=";
  std::size_t at = form.starts_with(key) ? 0 : form.find("&" + key);
  if (at == form.npos) {
    form += (form.empty() ? "" : "&") + key + percent_encoded(value);
    return;
  }
  const std::size_t begin = form.find('=', at) + 1;
  const std::size_t end = std::min(form.find('&', begin), form.size());
  form.replace(begin, end - begin, percent_encoded(value));
}

// Of a path: a colon may stand there as it is, and some servers insist.
std::string path_encoded(std::string_view text) {
  std::string out = percent_encoded(text);
  for (std::size_t at; (at = out.find("%3A")) != out.npos;) {
    out.replace(at, 3, ":");
  }
  return out;
}

std::optional<std::string> graphql_body(const Probe& probe,
                                        const Lookup& lookup) {
  nlohmann::json body = {{"query", probe.graphql}};
  for (const NamedText& variable : probe.variables) {
    const auto value = expand(variable.value, lookup);
    if (!value) return std::nullopt;
    body["variables"][std::string(variable.name)] = *value;
  }
  return body.dump();
}

// False when a name is not known.
bool add_headers(const std::vector<NamedText>& headers, const Lookup& lookup,
                 HttpRequest& request) {
  for (const NamedText& header : headers) {
    auto value = expand(header.value, lookup);
    if (!value) return false;
    request.headers.emplace_back(header.name, std::move(*value));
  }
  return true;
}

}  // namespace

std::optional<std::string> given_text(const Provider& provider,
                                      const Credential& credential,
                                      const Policy& policy,
                                      std::string_view name) {
  constexpr std::string_view kPart = "part.";
  if (name == "endpoint") return policy.endpoint_of(provider);
  if (name == "secret") return std::string(credential.secret.reveal());
  if (!name.starts_with(kPart)) return std::nullopt;
  name.remove_prefix(kPart.size());
  // Which part leads the credential depends on where they stand.
  if (name == credential.rule) return std::string(credential.secret.reveal());
  for (const CredentialPart& part : credential.parts) {
    if (part.rule == name) return std::string(part.secret.reveal());
  }
  return std::nullopt;
}

std::optional<HttpRequest> build_request(const Provider& provider,
                                         const Probe& probe,
                                         const Policy& policy,
                                         const Lookup& lookup) {
  const Lookup encoded = [&](std::string_view name) {
    auto value = lookup(name);
    if (value) *value = percent_encoded(*value);
    return value;
  };
  HttpRequest request;
  request.provider = provider.id;
  request.method = probe.method;
  request.reads_because = probe.reads_because;
  const Lookup in_path = [&](std::string_view name) {
    auto value = lookup(name);
    if (value) *value = path_encoded(*value);
    return value;
  };
  const auto url = expand(probe.url, in_path);
  if (!url) return std::nullopt;
  request.url = absolute(*url, provider, policy, encoded);
  for (const NamedText& part : probe.query) {
    const auto value = expand(part.value, lookup);
    if (!value) return std::nullopt;
    set_query(request, part.name, *value);
  }
  if (!add_headers(provider.headers, lookup, request) ||
      !add_headers(probe.headers, lookup, request)) {
    return std::nullopt;
  }
  std::optional<std::string> body = std::string();
  std::string_view type = probe.content_type;
  if (!probe.graphql.empty()) {
    body = graphql_body(probe, lookup);
    type = "application/json";
  } else if (!probe.body.empty()) {
    const bool is_form = type == "application/x-www-form-urlencoded";
    body = expand(probe.body, is_form ? encoded : lookup);
    if (type.empty()) type = "application/json";
  }
  if (!body) return std::nullopt;
  request.body = std::move(*body);
  if (!request.body.empty()) {
    request.headers.emplace_back("Content-Type", type);
  }
  return request;
}

bool shows_credential(const Provider& provider, const Probe& probe) {
  const std::string_view auth = probe.auth.empty() ? provider.auth : probe.auth;
  if (auth != "none" || !probe.statement.empty()) return true;
  const auto holds_secret = [](std::string_view text) {
    const auto names = names_in(text);
    return std::any_of(names.begin(), names.end(), [](std::string_view name) {
      return name == "secret" || name.starts_with("part.");
    });
  };
  const auto is_secret = [&](const NamedText& part) {
    return holds_secret(part.value);
  };
  return holds_secret(probe.url) || holds_secret(probe.body) ||
         std::any_of(probe.query.begin(), probe.query.end(), is_secret) ||
         std::any_of(probe.headers.begin(), probe.headers.end(), is_secret) ||
         std::any_of(provider.headers.begin(), provider.headers.end(),
                     is_secret);
}

void set_query(HttpRequest& request, std::string_view name,
               std::string_view value) {
  std::string& url = request.url;
  const std::size_t mark = url.find('?');
  std::string query = mark == url.npos ? "" : url.substr(mark + 1);
  set_form_value(query, name, value);
  url = url.substr(0, mark) + "?" + query;
}

void set_in_body(HttpRequest& request, std::string_view name,
                 std::string_view value) {
  auto body = nlohmann::json::parse(request.body, nullptr, false);
  if (!body.is_object()) return set_form_value(request.body, name, value);
  nlohmann::json& values = body.contains("query") ? body["variables"] : body;
  values[std::string(name)] = value;
  request.body = body.dump();
}

}  // namespace overreach
