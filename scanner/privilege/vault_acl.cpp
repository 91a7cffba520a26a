// Evaluator "vault-acl": what sys/internal/ui/resultant-acl says of a token.
// developer.hashicorp.com/vault/docs/concepts/policies
//
// The reply has a root flag, exact paths and path prefixes, each with its
// capabilities.  Every token may do what the default policy says; that is left
// out, or every token would write.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "scanner/privilege/evaluators.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostPowers = 40;

// Of the default policy, and of what logins add to their own entity.
constexpr std::string_view kOfEveryToken[] = {"cubbyhole/",
                                              "auth/token/lookup-self",
                                              "auth/token/renew-self",
                                              "auth/token/revoke-self",
                                              "sys/capabilities-self",
                                              "sys/control-group/",
                                              "sys/internal/ui/",
                                              "sys/leases/lookup",
                                              "sys/leases/renew",
                                              "sys/renew",
                                              "sys/tools/hash",
                                              "sys/wrapping/",
                                              "identity/oidc/provider/"};

struct Path {
  std::string name;
  bool is_prefix = false;
  std::vector<std::string> capabilities;

  bool has(std::string_view capability) const {
    return std::find(capabilities.begin(), capabilities.end(), capability) !=
           capabilities.end();
  }
  bool writes() const { return has("create") || has("update") || has("patch"); }
  // About this path or one below it, or about one above it.
  bool is_about(std::string_view path) const {
    return std::string_view(name).starts_with(path) ||
           (is_prefix && path.starts_with(name));
  }
};

bool is_of_every_token(std::string_view name) {
  if (name.starts_with("identity/entity/")) return true;
  return std::any_of(
      std::begin(kOfEveryToken), std::end(kOfEveryToken),
      [&](std::string_view start) { return name.starts_with(start); });
}

void add_paths(const Json& acl, const char* key, bool is_prefix,
               std::vector<Path>& paths) {
  const auto map = acl.find(key);
  if (map == acl.end() || !map->is_object()) return;
  for (const auto& [name, entry] : map->items()) {
    if (!entry.is_object() || is_of_every_token(name)) continue;
    Path path{name, is_prefix, {}};
    for (const Json& each : entry.value("capabilities", Json::array())) {
      if (each.is_string()) path.capabilities.push_back(each);
    }
    if (!path.has("deny")) paths.push_back(std::move(path));
  }
}

std::string shown(const Path& path) {
  return path.name + (path.is_prefix ? "*" : "");
}

void raise(Level level, std::string why, Evaluated& result) {
  if (level <= result.level) return;
  result.level = level;
  result.why = std::move(why);
}

// Rights to give itself any right.
void look_for_root(const Path& path, Evaluated& result) {
  struct Way {
    std::string_view below, what;
    bool needs_sudo;
  };
  constexpr Way kWays[] = {
      {"sys/policies/acl/", "writes policies", false},
      {"sys/policy/", "writes policies", false},
      {"sys/auth/", "mounts ways to log in", true},
      {"sys/raw/", "writes the raw storage", true},
      {"identity/group/", "gives policies to groups", false},
      {"identity/entity/", "gives policies to entities", false},
      {"auth/token/create-orphan", "makes tokens of any policy", true},
  };
  for (const Way& way : kWays) {
    if (!path.writes() || !path.is_about(way.below)) continue;
    if (way.needs_sudo && !path.has("sudo")) continue;
    raise(Level::root, std::string(way.what) + " (" + shown(path) + ")",
          result);
  }
}

void add_power(const Path& path, Evaluated& result) {
  const bool seals =
      path.is_about("sys/seal") && path.has("update") && path.has("sudo");
  const bool erases =
      path.has("update") && path.name.find("/destroy/") != std::string::npos;
  if (!path.has("delete") && !seals && !erases) return;
  const bool mounts = path.is_about("sys/mounts/");
  raise(Level::destructive,
        (path.has("delete") ? "deletes "
         : erases           ? "destroys "
                            : "seals ") +
            shown(path),
        result);
  if (result.powers.size() == kMostPowers) return;
  Power power;
  power.operation =
      (path.has("delete") ? "DELETE /v1/" : "POST /v1/") + shown(path);
  power.destroys = {"secrets"};
  if (mounts || seals) power.destroys.push_back("infrastructure");
  power.evidence = Evidence::declared;
  result.powers.push_back(std::move(power));
}

}  // namespace

std::optional<Evaluated> evaluate_vault_acl(const Variables& variables) {
  const Json reply = Json::parse(variables.first("acl"), nullptr, false);
  if (!reply.is_object()) return std::nullopt;
  const Json& acl = reply.contains("data") && reply["data"].is_object()
                        ? reply["data"]
                        : reply;
  Evaluated result;
  result.level = Level::none;
  result.evidence = Evidence::declared;
  result.why = "has the default policy only: it looks at itself";
  if (acl.value("root", Json(false)) == true) {
    raise(Level::root, "has the policy root", result);
    result.powers.push_back({"DELETE /v1/sys/mounts/{path}",
                             {"secrets", "infrastructure"},
                             Evidence::declared,
                             {}});
    return result;
  }
  std::vector<Path> paths;
  add_paths(acl, "exact_paths", false, paths);
  add_paths(acl, "glob_paths", true, paths);
  for (const Path& path : paths) {
    if (path.has("read") || path.has("list")) {
      raise(Level::read, "reads " + shown(path), result);
    }
    if (path.writes()) raise(Level::write, "writes " + shown(path), result);
    add_power(path, result);
    look_for_root(path, result);
  }
  return result;
}

}  // namespace overreach
