// Evaluator "etcd-permissions": the permissions of a user's roles, as
// /v3/auth/role/get shows them.  Keys are base64; a missing permType is READ,
// the value that protobuf leaves out.  Writing covers deleting.
// etcd.io/docs/v3.6/op-guide/authentication/rbac, .../learning/api (key ranges)

#include <nlohmann/json.hpp>
#include <string>

#include "scanner/base/encoding.h"
#include "scanner/core/environment.h"
#include "scanner/privilege/evaluators.h"

namespace overreach {
namespace {

constexpr std::size_t kMostResources = 20;

struct Range {
  std::string key, end;

  // One key, all keys with a prefix, or those from here to there.
  std::string name() const {
    if (end.empty()) return key;
    if (is_from_here_on()) return key + " and all behind it";
    if (end == after_prefix()) return key + "*";
    return key + " to " + end;
  }
  bool is_everything() const { return key == zero() && is_from_here_on(); }

 private:
  static std::string zero() { return std::string(1, '\0'); }
  bool is_from_here_on() const { return end == zero(); }

  // The first key that does not begin with `key`: its last byte, and one more.
  std::string after_prefix() const {
    std::string next = key;
    while (!next.empty() && next.back() == '\xff') next.pop_back();
    if (!next.empty()) ++next.back();
    return next;
  }
};

std::string text_at(const nlohmann::json& permission, const char* name) {
  const auto at = permission.find(name);
  return at != permission.end() && at->is_string() ? at->get<std::string>()
                                                   : std::string();
}

std::optional<Range> range_of(const nlohmann::json& permission) {
  auto key = decode_base64(text_at(permission, "key"));
  auto end = decode_base64(text_at(permission, "range_end"));
  if (!key || !end) return std::nullopt;
  return Range{std::move(*key), std::move(*end)};
}

// As a report can show it: keys may hold any bytes.
std::string shown(std::string name) {
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  return name;
}

void add_writable(const Range& range, Evaluated& result) {
  const std::string name =
      range.is_everything() ? "every key" : shown(range.name());
  result.raise(Level::destructive, "may overwrite and delete " + name);
  Power& power = result.power("POST /v3/kv/deleterange", "data");
  power.evidence = Evidence::declared;
  std::vector<Resource>& resources = power.resources;
  if (resources.size() >= kMostResources) return;
  Resource resource;
  resource.name = name;
  resource.kind = "keys";
  resource.environment = environment_of_name(name);
  resources.push_back(std::move(resource));
}

}  // namespace

std::optional<Evaluated> evaluate_etcd_permissions(const Variables& variables) {
  std::optional<Evaluated> result;
  for (const std::string& text : variables.all("permissions")) {
    const auto permission = nlohmann::json::parse(text, nullptr, false);
    if (!permission.is_object()) continue;
    const auto range = range_of(permission);
    if (!range) continue;
    if (!result) result.emplace();
    const std::string type = text_at(permission, "permType");
    if (type == "WRITE" || type == "READWRITE") {
      add_writable(*range, *result);
    } else {
      result->raise(Level::read, "may read " + (range->is_everything()
                                                    ? std::string("every key")
                                                    : shown(range->name())));
    }
  }
  return result;
}

}  // namespace overreach
