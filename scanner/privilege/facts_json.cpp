// Decoders of tokens that carry JSON: JWTs, Grafana, Sentry, Google.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "scanner/base/encoding.h"
#include "scanner/privilege/facts_decoders.h"

namespace overreach {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxJsonBytes = 64 * 1024;
constexpr int kMaxDepth = 32;
constexpr int kMaxTries = 4;  // places where a JWT may begin in a token

bool is_shallow(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
      continue;
    }
    if (c == '"') in_text = true;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > kMaxDepth) return false;
  }
  return true;
}

json discarded() { return json(json::value_t::discarded); }

json parse_base64_object(std::string_view text) {
  if (text.size() > kMaxJsonBytes * 2) return discarded();
  const auto bytes = decode_base64(text);
  return bytes ? parse_object(*bytes) : discarded();
}

std::string text_at(const json& object, std::string_view key) {
  const auto found = object.find(std::string(key));
  return found == object.end() ? std::string() : flat_text(*found);
}

// Whole seconds of a NumericDate, which may have a fraction.
std::optional<std::int64_t> seconds_at(const json& object,
                                       std::string_view key) {
  const auto found = object.find(std::string(key));
  if (found == object.end() || !found->is_number()) return std::nullopt;
  const double value = found->get<double>();
  constexpr double kFarAway = 1e15;
  if (!(value >= 0 && value < kFarAway)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

struct Claim {
  std::string_view claim, fact;
};

// In the order of the facts; of two claims for one fact the first wins.
constexpr std::array<Claim, 25> kClaims = {{
    {"iss", "iss"},
    {"sub", "sub"},
    {"aud", "aud"},
    {"role", "role"},
    {"roles", "roles"},
    {"ref", "ref"},
    {"scope", "scope"},
    {"scp", "scope"},
    {"scopes", "scope"},
    {"permissions", "permissions"},
    {"tid", "tid"},
    {"appid", "appid"},
    {"azp", "azp"},
    {"client_id", "client_id"},
    {"email", "email"},
    {"preferred_username", "user"},
    {"upn", "user"},
    {"username", "user"},
    {"kubernetes.io/serviceaccount/namespace", "namespace"},
    {"kubernetes.io/serviceaccount/service-account.name", "service_account"},
    {"repository", "repository"},
    {"project_path", "project"},
    {"environment", "environment"},
    {"a", "a"},  // Turso: "ro" or "rw"
    {"org_id", "organization"},
}};

void add_kubernetes(const json& claims, Decoded& decoded) {
  const auto bound = claims.find("kubernetes.io");
  if (bound == claims.end() || !bound->is_object()) return;
  add_fact(decoded, "namespace", text_at(*bound, "namespace"));
  const auto account = bound->find("serviceaccount");
  if (account != bound->end() && account->is_object()) {
    add_fact(decoded, "service_account", text_at(*account, "name"));
  }
}

// "access" of a token for a Docker registry: [{"type": "repository", "name":
// "app", "actions": ["pull", "push"]}].  Says each, and the strongest right.
void add_registry(const json& claims, Decoded& decoded) {
  constexpr std::string_view kRights[] = {"none", "pull", "push", "delete"};
  const auto access = claims.find("access");
  if (access == claims.end() || !access->is_array() || access->empty()) return;
  std::size_t strongest = 0;
  std::string all;
  for (const json& entry : *access) {
    if (!entry.is_object()) return;
    const std::string type = text_at(entry, "type");
    const std::string actions = text_at(entry, "actions");
    if (type != "repository" && type != "registry") return;
    all += (all.empty() ? "" : "; ") + type + " " + text_at(entry, "name") +
           ": " + actions;
    for (std::size_t right = 1; right < std::size(kRights); ++right) {
      const bool may = type == "repository"
                           ? actions.find(kRights[right]) != actions.npos ||
                                 actions.find('*') != actions.npos
                           : kRights[right] == "pull";
      if (may) strongest = std::max(strongest, right);
    }
  }
  add_fact(decoded, "access", all);
  add_fact(decoded, "registry_right", std::string(kRights[strongest]));
}

std::optional<Decoded> decode_jwt_at(std::string_view token) {
  const std::size_t dot = token.find('.');
  if (dot == token.npos) return std::nullopt;
  const json header = parse_base64_object(token.substr(0, dot));
  if (header.is_discarded()) return std::nullopt;
  const std::string_view rest = token.substr(dot + 1);
  const json claims = parse_base64_object(rest.substr(0, rest.find('.')));
  if (claims.is_discarded()) return std::nullopt;
  Decoded decoded;
  add_fact(decoded, "alg", text_at(header, "alg"));
  for (const Claim& entry : kClaims) {
    add_fact(decoded, entry.fact, text_at(claims, entry.claim));
  }
  add_kubernetes(claims, decoded);
  add_registry(claims, decoded);
  if (const auto issued = seconds_at(claims, "iat")) {
    add_date(decoded, "issued", *issued);
  }
  if (const auto expires = seconds_at(claims, "exp")) {
    limit_expiry(decoded, *expires);
  }
  return decoded;
}

}  // namespace

json parse_object(std::string_view text) {
  if (text.size() > kMaxJsonBytes || !is_shallow(text)) return discarded();
  json value = json::parse(text, nullptr, /*allow_exceptions=*/false);
  return value.is_object() ? value : discarded();
}

std::string flat_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (!value.is_array()) return {};
  std::string text;
  for (const json& item : value) {
    const std::string part = flat_text(item);
    if (part.empty()) continue;
    if (!text.empty()) text += ", ";
    text += part;
  }
  return text;
}

// The JWT may stand behind a prefix: "ghs_123_eyJ...", "glcbt-eyJ...".
std::optional<Decoded> decode_jwt(std::string_view secret) {
  std::size_t start = secret.find("eyJ");
  for (int tries = 0; tries < kMaxTries && start != secret.npos; ++tries) {
    if (auto decoded = decode_jwt_at(secret.substr(start))) return decoded;
    start = secret.find("eyJ", start + 1);
  }
  return std::nullopt;
}

// "glc_" and base64 of {"o":org,"n":name,"k":secret,"m":{"r":region}}, or
// without prefix {"k":secret,"n":name,"id":org}.
std::optional<Decoded> decode_grafana(std::string_view secret) {
  constexpr std::string_view kCloud = "glc_";
  if (secret.starts_with(kCloud)) secret.remove_prefix(kCloud.size());
  const json object = parse_base64_object(secret);
  if (object.is_discarded() || !object.contains("k")) return std::nullopt;
  Decoded decoded;
  add_fact(decoded, "organization", text_at(object, "o"));
  add_fact(decoded, "organization", text_at(object, "id"));
  add_fact(decoded, "name", text_at(object, "n"));
  const auto more = object.find("m");
  if (more != object.end() && more->is_object()) {
    add_fact(decoded, "region", text_at(*more, "r"));
  }
  return decoded;
}

// "sntrys_", base64 of JSON, "_", the secret.
std::optional<Decoded> decode_sentry(std::string_view secret) {
  constexpr std::string_view kStart = "sntrys_";
  const std::size_t last = secret.rfind('_');
  if (!secret.starts_with(kStart) || last < kStart.size()) return std::nullopt;
  const json object =
      parse_base64_object(secret.substr(kStart.size(), last - kStart.size()));
  if (object.is_discarded()) return std::nullopt;
  Decoded decoded;
  add_fact(decoded, "organization", text_at(object, "org"));
  add_fact(decoded, "url", text_at(object, "url"));
  add_fact(decoded, "region", text_at(object, "region_url"));
  if (const auto issued = seconds_at(object, "iat")) {
    add_date(decoded, "issued", *issued);
  }
  return decoded;
}

// A whole key file.  The private key alone says nothing about its account.
std::optional<Decoded> decode_gcp_service_account(std::string_view secret) {
  const json object = parse_object(secret);
  if (object.is_discarded() || text_at(object, "type") != "service_account") {
    return std::nullopt;
  }
  Decoded decoded;
  add_fact(decoded, "project", text_at(object, "project_id"));
  add_fact(decoded, "email", text_at(object, "client_email"));
  add_fact(decoded, "key_id", text_at(object, "private_key_id"));
  return decoded;
}

}  // namespace overreach
