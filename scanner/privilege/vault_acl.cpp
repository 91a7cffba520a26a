#include "scanner/privilege/vault_acl.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace overreach {
namespace {

using Json = nlohmann::json;

struct Name {
  std::string_view name;
  unsigned bits;
};

constexpr std::array<Name, 9> kNames = {{
    {"create", kVaultCreate},
    {"delete", kVaultDelete},
    {"deny", kVaultDeny},
    {"list", kVaultList},
    {"patch", kVaultPatch},
    {"read", kVaultRead},
    {"root", ~0u & ~unsigned{kVaultDeny}},
    {"sudo", kVaultSudo},
    {"update", kVaultUpdate},
}};

unsigned capabilities_of(const Json& rule) {
  unsigned bits = 0;
  if (!rule.is_object() || !rule.contains("capabilities")) return bits;
  for (const Json& capability : rule["capabilities"]) {
    for (const Name& each : kNames) {
      if (capability == each.name) bits |= each.bits;
    }
  }
  return (bits & kVaultDeny) != 0 ? unsigned{kVaultDeny} : bits;
}

void add_rules(const Json& data, const char* member, bool is_glob,
               VaultAcl& acl) {
  const auto paths = data.find(member);
  if (paths == data.end() || !paths->is_object()) return;
  for (const auto& [path, rule] : paths->items()) {
    acl.rules.push_back({path, is_glob, capabilities_of(rule)});
  }
}

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    segments.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return segments;
}

// Whether the rule's paths and those of the form have one in common.
bool overlaps(const VaultRule& rule, std::string_view form) {
  const auto ours = segments_of(rule.path);
  const auto theirs = segments_of(form);
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (i >= theirs.size()) return false;
    if (theirs[i] == "*") return true;
    const bool is_any = theirs[i] == "+";
    if (rule.is_glob && i + 1 == ours.size()) {  // the beginning of a segment
      return is_any || theirs[i].starts_with(ours[i]);
    }
    if (!is_any && theirs[i] != ours[i]) return false;
  }
  return ours.size() == theirs.size();
}

// How the paths begin that the glob and the form have in common; the whole path
// when there is only one.  They overlap.
struct Common {
  std::string start;
  bool is_one_path = true;
};

Common common_start(const VaultRule& glob, std::string_view form) {
  const auto ours = segments_of(glob.path);
  const auto theirs = segments_of(form);
  Common common;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    const bool is_open = theirs[i] == "*" || theirs[i] == "+";
    const bool is_whole = i + 1 < ours.size();  // known to its end
    if (i > 0) common.start += '/';
    if (is_open && i < ours.size()) common.start += ours[i];
    if (!is_open) common.start += theirs[i];
    if (theirs[i] == "*" && is_whole) {
      common.start = glob.path;
      common.is_one_path = false;
      return common;
    }
    if (is_open && !is_whole) {
      common.is_one_path = false;
      return common;
    }
  }
  return common;
}

}  // namespace

std::optional<VaultAcl> parse_vault_acl(std::string_view text) {
  const Json reply = Json::parse(text, nullptr, false);
  if (!reply.is_object()) return std::nullopt;
  const auto inner = reply.find("data");
  const Json& data =
      inner != reply.end() && inner->is_object() ? *inner : reply;
  if (!data.contains("root") && !data.contains("exact_paths") &&
      !data.contains("glob_paths")) {
    return std::nullopt;
  }
  VaultAcl acl;
  acl.is_root = data.contains("root") && data["root"] == true;
  add_rules(data, "exact_paths", false, acl);
  add_rules(data, "glob_paths", true, acl);
  return acl;
}

bool decides(const VaultAcl& acl, const VaultRule& rule,
             std::string_view form) {
  if (!overlaps(rule, form)) return false;
  if (!rule.is_glob) return true;
  const Common common = common_start(rule, form);
  // Unless another rule is more exact about all that they have in common.
  return std::none_of(
      acl.rules.begin(), acl.rules.end(), [&](const VaultRule& other) {
        if (!other.is_glob) {
          return common.is_one_path && other.path == common.start;
        }
        return other.path.size() > rule.path.size() &&
               common.start.starts_with(other.path);
      });
}

}  // namespace overreach
