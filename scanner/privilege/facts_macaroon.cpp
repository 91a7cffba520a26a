// Decoders of macaroons: tokens whose caveats, which anybody may read, limit
// what they may do.  The effective right is what all caveats allow.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "scanner/base/encoding.h"
#include "scanner/privilege/facts_decoders.h"
#include "scanner/privilege/facts_msgpack.h"

namespace overreach {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxTokenBytes = 64 * 1024;

// --- PyPI: the binary format of libmacaroons, version 2. --------------------

// Reads fields: a type, a length and that many bytes; a zero ends a section.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : rest_(bytes) {}

  bool take_byte(char wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Absent when the next field is of another type or goes beyond the end.
  std::optional<std::string_view> take(char type) {
    const std::string_view start = rest_;
    const auto size = take_byte(type) ? length() : std::nullopt;
    if (!size || *size > rest_.size()) {
      rest_ = start;
      return std::nullopt;
    }
    const std::string_view value = rest_.substr(0, *size);
    rest_.remove_prefix(*size);
    return value;
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::optional<std::size_t> length() {
    std::size_t size = 0;
    for (int shift = 0; shift < 21 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      size |= std::size_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return size;
    }
    return std::nullopt;
  }

  std::string_view rest_;
};

constexpr char kEnd = 0;
constexpr char kLocation = 1;
constexpr char kIdentifier = 2;
constexpr char kVerification = 4;
constexpr char kSignature = 6;

using Names = std::vector<std::string>;

// What the caveats of a PyPI token say together.
struct PypiScope {
  std::optional<Names> projects, project_ids;  // absent: not limited

  static void limit(std::optional<Names>& names, const json& list) {
    Names allowed;
    for (const json& item : list) {
      const std::string name = flat_text(item);
      const bool was_allowed = !names || std::find(names->begin(), names->end(),
                                                   name) != names->end();
      if (!name.empty() && was_allowed) allowed.push_back(name);
    }
    names = std::move(allowed);
  }

  static std::string joined(const Names& names) {
    std::string text;
    for (const std::string& name : names) {
      text += (text.empty() ? "" : ", ") + name;
    }
    return text.empty() ? "none" : text;
  }

  std::string text() const {
    if (projects) return "projects: " + joined(*projects);
    if (project_ids) return "project ids: " + joined(*project_ids);
    return "account";
  }
};

void limit_by(const json& seconds, Decoded& decoded) {
  if (seconds.is_number_integer()) {
    limit_expiry(decoded, seconds.get<std::int64_t>());
  }
}

// The form since 2022: [tag, values...].
void read_pypi_list(const json& caveat, PypiScope& scope, Decoded& decoded) {
  if (caveat.size() < 2 || !caveat[0].is_number_integer()) return;
  const json& value = caveat[1];
  switch (caveat[0].get<std::int64_t>()) {
    case 0:
      limit_by(value, decoded);
      break;
    case 1:
      if (value.is_array()) PypiScope::limit(scope.projects, value);
      break;
    case 2:
      if (value.is_array()) PypiScope::limit(scope.project_ids, value);
      break;
    case 3:
      add_fact(decoded, "user", flat_text(value));
      break;
    case 4:
      add_fact(decoded, "publisher", flat_text(value));
      break;
    default:
      break;
  }
}

// The form before: {"permissions": "user"} or {"permissions": {"projects": []}}
// and {"nbf": 0, "exp": 1}.
void read_pypi_object(const json& caveat, PypiScope& scope, Decoded& decoded) {
  if (const auto expires = caveat.find("exp"); expires != caveat.end()) {
    limit_by(*expires, decoded);
  }
  if (const auto ids = caveat.find("project_ids");
      ids != caveat.end() && ids->is_array()) {
    PypiScope::limit(scope.project_ids, *ids);
  }
  const auto permissions = caveat.find("permissions");
  if (permissions == caveat.end() || !permissions->is_object()) return;
  const auto projects = permissions->find("projects");
  if (projects != permissions->end() && projects->is_array()) {
    PypiScope::limit(scope.projects, *projects);
  }
}

void read_pypi_caveat(std::string_view text, PypiScope& scope,
                      Decoded& decoded) {
  // parse_object() bounds size and depth, so the caveat goes in as a member.
  const json parsed = parse_object("{\"c\":" + std::string(text) + "}");
  if (parsed.is_discarded()) return;
  const auto caveat = parsed.find("c");
  if (caveat == parsed.end()) return;
  if (caveat->is_array()) read_pypi_list(*caveat, scope, decoded);
  if (caveat->is_object()) read_pypi_object(*caveat, scope, decoded);
}

// --- Fly.io: [nonce, location, [type, caveat, type, caveat...], tail]. ------

enum FlyCaveat : std::uint64_t {
  kOrganization = 0,
  kVolumes = 2,
  kApps = 3,
  kValidity = 4,
  kMachines = 7,
  kThirdParty = 11,
  kIfPresent = 13,
  kIsMember = 22,
  kAction = 26,
  kCommands = 27,
};

constexpr std::uint64_t kAllActions = 0xffff;
constexpr std::uint64_t kRead = 1;

struct FlyScope {
  std::uint64_t actions = kAllActions;
  std::string organization, apps, machines, volumes, discharge;
  bool is_member = false, runs_commands = false;

  std::string_view text() const {
    if (actions == kRead) return "read";
    if (runs_commands) return "commands";
    if (!machines.empty()) return "machine";
    if (!volumes.empty()) return "volume";
    if (!apps.empty()) return "app";
    if (organization.empty()) return {};
    return is_member ? "member" : "organization";
  }
};

std::string actions_text(std::uint64_t mask) {
  constexpr std::string_view kLetters = "rwcdC";
  std::string text;
  for (std::size_t bit = 0; bit < kLetters.size(); ++bit) {
    if (mask >> bit & 1) text += kLetters[bit];
  }
  return text.empty() ? "none" : text;
}

bool is_list(const Packed& value, std::size_t least) {
  return value.kind == Packed::Kind::list && value.items.size() >= least;
}

bool is_number(const Packed& value) {
  return value.kind == Packed::Kind::number;
}

// [{id: actions, ...}] as "id, id"; "any" for the zero id.
std::string resources_text(const Packed& body) {
  if (!is_list(body, 1) || body.items[0].kind != Packed::Kind::map) return {};
  std::string text;
  const std::vector<Packed>& entries = body.items[0].items;
  for (std::size_t i = 0; i + 1 < entries.size(); i += 2) {
    const Packed& key = entries[i];
    std::string id =
        is_number(key) ? std::to_string(key.number) : std::string(key.text);
    if (id.empty() || id == "0") id = "any";
    text += (text.empty() ? "" : ", ") + id;
  }
  return text;
}

void read_fly_caveats(const std::vector<Packed>& list, int depth,
                      FlyScope& scope, Decoded& decoded);

void read_fly_caveat(std::uint64_t type, const Packed& body, int depth,
                     FlyScope& scope, Decoded& decoded) {
  constexpr int kMaxNesting = 4;
  switch (type) {
    case kOrganization:
      if (!is_list(body, 2) || !is_number(body.items[0])) return;
      scope.organization = std::to_string(body.items[0].number);
      scope.actions &= body.items[1].number;
      return;
    case kApps:
      scope.apps = resources_text(body);
      return;
    case kVolumes:
      scope.volumes = resources_text(body);
      return;
    case kMachines:
      scope.machines = resources_text(body);
      return;
    case kValidity:
      if (!is_list(body, 2)) return;
      add_date(decoded, "valid_from",
               static_cast<std::int64_t>(body.items[0].number));
      limit_expiry(decoded, static_cast<std::int64_t>(body.items[1].number));
      return;
    case kThirdParty:
      if (is_list(body, 1)) scope.discharge = body.items[0].text;
      return;
    case kIfPresent:
      if (is_list(body, 1) && is_list(body.items[0], 2) &&
          depth < kMaxNesting) {
        read_fly_caveats(body.items[0].items, depth + 1, scope, decoded);
      }
      return;
    case kIsMember:
      scope.is_member = true;
      return;
    case kAction:
      if (is_number(body)) scope.actions &= body.number;
      if (is_list(body, 1)) scope.actions &= body.items[0].number;
      return;
    case kCommands:
      scope.runs_commands = true;
      return;
    default:
      return;
  }
}

void read_fly_caveats(const std::vector<Packed>& list, int depth,
                      FlyScope& scope, Decoded& decoded) {
  for (std::size_t i = 0; i + 1 < list.size(); i += 2) {
    if (!is_number(list[i])) continue;
    read_fly_caveat(list[i].number, list[i + 1], depth, scope, decoded);
  }
}

std::string_view use_of(std::string_view location) {
  if (location == "https://api.fly.io/v1") return "permission";
  if (location == "https://api.fly.io/secrets/v1") return "secrets";
  if (location == "https://api.fly.io/aaa/v1" ||
      location == "https://auth.fly.io") {
    return "discharge";
  }
  return {};
}

}  // namespace

std::optional<Decoded> decode_pypi_macaroon(std::string_view secret) {
  constexpr std::string_view kPrefix = "pypi-";
  if (!secret.starts_with(kPrefix) || secret.size() > kMaxTokenBytes) {
    return std::nullopt;
  }
  const auto bytes = decode_base64(secret.substr(kPrefix.size()));
  if (!bytes) return std::nullopt;
  Fields fields(*bytes);
  if (!fields.take_byte(2)) return std::nullopt;  // version
  const auto location = fields.take(kLocation);
  const auto identifier = fields.take(kIdentifier);
  if (!location || !identifier || !fields.take_byte(kEnd)) return std::nullopt;
  Decoded decoded;
  PypiScope scope;
  add_fact(decoded, "location", *location);
  while (!fields.take_byte(kEnd)) {
    fields.take(kLocation);
    const auto caveat = fields.take(kIdentifier);
    const bool third_party = fields.take(kVerification).has_value();
    if (!caveat || !fields.take_byte(kEnd)) return std::nullopt;
    if (!third_party) read_pypi_caveat(*caveat, scope, decoded);
  }
  if (!fields.take(kSignature) || !fields.at_end()) return std::nullopt;
  add_fact(decoded, "scope", scope.text());
  return decoded;
}

// "fm2_" and base64; of a bundle, which has commas, the first.
std::optional<Decoded> decode_fly_macaroon(std::string_view secret) {
  constexpr std::string_view kScheme = "FlyV1 ";
  if (secret.starts_with(kScheme)) secret.remove_prefix(kScheme.size());
  secret = secret.substr(0, secret.find(','));
  const std::size_t mark = secret.find('_');
  if (!secret.starts_with("fm") || mark == secret.npos || mark > 4 ||
      secret.size() > kMaxTokenBytes) {
    return std::nullopt;
  }
  const auto bytes = decode_base64(secret.substr(mark + 1));
  if (!bytes) return std::nullopt;
  const auto token = parse_packed(*bytes);
  if (!token || !is_list(*token, 4)) return std::nullopt;
  const Packed& location = token->items[1];
  const Packed& caveats = token->items[2];
  if (location.kind != Packed::Kind::text || !is_list(caveats, 0)) {
    return std::nullopt;
  }
  Decoded decoded;
  FlyScope scope;
  add_fact(decoded, "use", use_of(location.text));
  add_fact(decoded, "location", location.text);
  read_fly_caveats(caveats.items, 0, scope, decoded);
  add_fact(decoded, "organization", scope.organization);
  add_fact(decoded, "scope", scope.text());
  add_fact(decoded, "apps", scope.apps);
  add_fact(decoded, "machines", scope.machines);
  add_fact(decoded, "volumes", scope.volumes);
  if (!scope.organization.empty() || scope.actions != kAllActions) {
    add_fact(decoded, "actions", actions_text(scope.actions));
  }
  add_fact(decoded, "needs_discharge_of", scope.discharge);
  return decoded;
}

}  // namespace overreach
