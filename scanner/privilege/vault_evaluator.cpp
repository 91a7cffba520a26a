// Evaluator "vault-acl": from the rules of a token to a level and powers.
// Which paths need sudo, and what they do: the API's description that servers
// give under sys/internal/specs/openapi.

#include <algorithm>
#include <array>

#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/vault_acl.h"

namespace overreach {
namespace {

constexpr std::size_t kMostResources = 20;
constexpr unsigned kWrites = kVaultCreate | kVaultUpdate | kVaultPatch;

// Needs one of `any`, and all of `all`.
struct Right {
  std::string_view form;
  unsigned any, all;
  std::string_view what;      // it does
  std::string_view destroys;  // empty: it grants rights
};

// Whoever has one of these can give himself the rest.
constexpr std::array<Right, 20> kGranting = {{
    {"sys/policies/acl/*", kWrites, 0, "writes policies", ""},
    {"sys/policy/*", kWrites, 0, "writes policies", ""},
    {"sys/raw/*", kWrites, kVaultSudo, "writes the storage itself", ""},
    {"auth/token/create", kWrites, kVaultSudo, "makes tokens of any policy",
     ""},
    {"auth/token/create-orphan", kWrites, kVaultSudo,
     "makes tokens of any policy", ""},
    {"auth/token/roles/+", kWrites, 0, "says which policies new tokens get",
     ""},
    {"auth/+/role/+", kWrites, 0, "says which policies a login gets", ""},
    {"auth/+/role/+/policies", kWrites, 0, "says which policies a login gets",
     ""},
    {"auth/+/role/+/token-policies", kWrites, 0,
     "says which policies a login gets", ""},
    {"auth/+/roles/+", kWrites, 0, "says which policies a login gets", ""},
    {"auth/+/users/+", kWrites, 0, "says which policies a login gets", ""},
    {"auth/+/users/+/policies", kWrites, 0, "says which policies a login gets",
     ""},
    {"auth/+/groups/+", kWrites, 0, "says which policies a login gets", ""},
    {"auth/+/certs/+", kWrites, 0, "says which policies a login gets", ""},
    {"auth/+/map/*", kWrites, 0, "says which policies a login gets", ""},
    {"sys/auth/*", kWrites, kVaultSudo, "sets up ways to log in", ""},
    {"identity/entity/*", kWrites, 0, "gives policies to entities", ""},
    {"identity/entity", kWrites, 0, "gives policies to entities", ""},
    {"identity/group/*", kWrites, 0, "gives policies to groups", ""},
    {"identity/group", kWrites, 0, "gives policies to groups", ""},
}};

constexpr std::array<Right, 15> kDestroying = {{
    {"sys/mounts/*", kVaultDelete, 0, "DELETE /v1/sys/mounts/{path}",
     "secrets infrastructure"},
    {"+/metadata/*", kVaultDelete, 0, "DELETE /v1/{mount}/metadata/{path}",
     "secrets"},
    {"+/destroy/*", kWrites, 0, "PUT /v1/{mount}/destroy/{path}", "secrets"},
    {"+/keys/*", kVaultDelete, 0, "DELETE /v1/{mount}/keys/{name}", "data"},
    {"+/*", kVaultDelete, 0, "DELETE /v1/{mount}/{path}", "secrets"},
    {"sys/namespaces/*", kVaultDelete, 0, "DELETE /v1/sys/namespaces/{path}",
     "secrets"},
    {"sys/storage/raft/snapshot", kWrites, 0,
     "POST /v1/sys/storage/raft/snapshot", "secrets"},
    {"sys/storage/raft/snapshot-force", kWrites, 0,
     "POST /v1/sys/storage/raft/snapshot-force", "secrets"},
    {"sys/raw/*", kVaultDelete, kVaultSudo, "DELETE /v1/sys/raw/{path}",
     "secrets"},
    {"sys/auth/*", kVaultDelete, kVaultSudo, "DELETE /v1/sys/auth/{path}",
     "access"},
    {"sys/policies/acl/*", kVaultDelete, 0,
     "DELETE /v1/sys/policies/acl/{name}", "access"},
    {"auth/+/*", kVaultDelete, 0, "DELETE /v1/auth/{mount}/{path}", "access"},
    {"identity/*", kVaultDelete, 0, "DELETE /v1/identity/{path}", "access"},
    {"sys/leases/revoke-prefix/*", kWrites, kVaultSudo,
     "PUT /v1/sys/leases/revoke-prefix/{prefix}", "access"},
    {"sys/seal", kWrites, kVaultSudo, "PUT /v1/sys/seal", "infrastructure"},
}};

// What the policy "default" gives to every token, and what concerns the token
// itself alone.
constexpr std::array<std::string_view, 14> kEveryones = {
    "auth/token/lookup-self",
    "auth/token/renew-self",
    "auth/token/revoke-self",
    "cubbyhole/",
    "identity/oidc/provider/",
    "sys/capabilities-self",
    "sys/control-group/request",
    "sys/internal/ui/",
    "sys/leases/lookup",
    "sys/leases/renew",
    "sys/license/status",
    "sys/renew",
    "sys/tools/",
    "sys/wrapping/",
};

bool is_everyones(const VaultRule& rule) {
  return std::any_of(
      kEveryones.begin(), kEveryones.end(),
      [&](std::string_view path) { return rule.path.starts_with(path); });
}

// The server's own paths: no mounts of secrets.
bool is_own_path(std::string_view path) {
  return path.starts_with("sys/") || path.starts_with("auth/") ||
         path.starts_with("identity/");
}

// Version 2 of the key-value engine keeps what is deleted under data/ and
// delete/; what ends it for good has forms of its own.
bool is_versioned(std::string_view path) {
  const std::size_t mount = path.find('/');
  if (mount == path.npos) return false;
  const std::string_view rest = path.substr(mount + 1);
  for (const std::string_view part :
       {"data/", "delete/", "destroy/", "metadata/", "undelete/"}) {
    if (rest.starts_with(part)) return true;
  }
  return false;
}

bool allows(const VaultAcl& acl, const VaultRule& rule, const Right& right) {
  if ((rule.capabilities & right.any) == 0 ||
      (rule.capabilities & right.all) != right.all || is_everyones(rule)) {
    return false;
  }
  const bool is_mount = right.form.starts_with('+');
  if (is_mount && is_own_path(rule.path)) return false;
  if (right.form == "+/*" && is_versioned(rule.path)) return false;
  // Tokens have no users and roles of their own but auth/token/roles.
  if (right.form.starts_with("auth/+/") && right.form != "auth/+/*" &&
      rule.path.starts_with("auth/token/")) {
    return false;
  }
  return decides(acl, rule, right.form);
}

// Empty when the right is not given; "*" stands for the rest of a path.
std::vector<Resource> resources_of(const VaultAcl& acl, const Right& right) {
  std::vector<Resource> resources;
  for (const VaultRule& rule : acl.rules) {
    if (!allows(acl, rule, right) || resources.size() >= kMostResources) {
      continue;
    }
    // A rule wider than the form is about all of the form.
    const bool is_wide = rule.is_glob && right.form.starts_with(rule.path);
    Resource resource;
    resource.name = is_wide ? std::string(right.form)
                            : rule.path + (rule.is_glob ? "*" : "");
    resource.kind = "path";
    resources.push_back(std::move(resource));
  }
  return resources;
}

Power power_of(const Right& right, std::vector<Resource> resources) {
  Power power;
  power.operation = right.what;
  power.destroys = split_text(right.destroys, " ");
  power.evidence = Evidence::declared;
  power.resources = std::move(resources);
  return power;
}

void judge_rule(const VaultRule& rule, Evaluated& result) {
  if (is_everyones(rule)) return;
  const std::string path = rule.path + (rule.is_glob ? "*" : "");
  if ((rule.capabilities & (kWrites | kVaultDelete)) != 0) {
    result.raise(Level::write, "may write " + path);
  }
  // Logins may read what is known of their own entity.
  if ((rule.capabilities & (kVaultRead | kVaultList)) != 0 &&
      !rule.path.starts_with("identity/entity/")) {
    result.raise(Level::read, "may read " + path);
  }
}

Evaluated judge_acl(const VaultAcl& acl) {
  Evaluated result;
  result.level = Level::none;
  result.why = "may do only what every token may";
  for (const Right& right : kDestroying) {
    std::vector<Resource> resources;
    if (!acl.is_root) resources = resources_of(acl, right);
    if (!acl.is_root && resources.empty()) continue;
    if (!acl.is_root) {
      result.raise(Level::destructive, "may " + std::string(right.what) +
                                           " on " + resources.front().name);
    }
    result.powers.push_back(power_of(right, std::move(resources)));
  }
  if (acl.is_root) {
    result.raise(Level::root, "is a root token");
    return result;
  }
  for (const Right& right : kGranting) {
    const auto resources = resources_of(acl, right);
    if (resources.empty()) continue;
    result.raise(Level::root,
                 std::string(right.what) + " (" + resources.front().name + ")");
  }
  for (const VaultRule& rule : acl.rules) judge_rule(rule, result);
  return result;
}

}  // namespace

std::optional<Evaluated> evaluate_vault_acl(const Variables& variables) {
  std::optional<Evaluated> result;
  for (const std::string& text : variables.all("acl")) {
    const auto acl = parse_vault_acl(text);
    if (!acl) continue;
    Evaluated one = judge_acl(*acl);
    if (!result || one.level > result->level) result = std::move(one);
  }
  return result;
}

}  // namespace overreach
