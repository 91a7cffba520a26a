// What a token of HashiCorp Vault or OpenBao may do: the reply of
// sys/internal/ui/resultant-acl, as values, and what rules of it concern.
//
// Of the rules about one path the exact one decides, else the longest glob.
// Paths with `+` for any segment are in policies but not in the reply, so what
// only they allow is not seen.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

enum VaultCapability : unsigned {
  kVaultDeny = 1,
  kVaultCreate = 2,
  kVaultRead = 4,
  kVaultUpdate = 8,
  kVaultDelete = 16,
  kVaultList = 32,
  kVaultSudo = 64,
  kVaultPatch = 128,
};

struct VaultRule {
  std::string path;      // without the '*' that ends a glob
  bool is_glob = false;  // everything that begins with the path
  unsigned capabilities = 0;
};

struct VaultAcl {
  bool is_root = false;
  std::vector<VaultRule> rules;
};

// The whole reply or its "data"; nothing when it is neither.
std::optional<VaultAcl> parse_vault_acl(std::string_view text);

// Whether the rule decides about some path of a form like "sys/mounts/*" or
// "+/metadata/*": `+` is any segment, `*` at the end anything.
bool decides(const VaultAcl& acl, const VaultRule& rule, std::string_view form);

}  // namespace overreach
