// Evaluator "kubernetes-rules": the status of SelfSubjectRulesReviews.
// kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-rules-review-v1/
//
// A list may be incomplete, but every rule in it is really held.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "scanner/privilege/evaluators.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostPowers = 40;

using Words = std::vector<std::string>;

struct Rule {
  Words verbs, groups, resources, names;

  static bool has(const Words& words, std::string_view word) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& w) {
      return w == "*" || w == word;
    });
  }
  bool allows(std::string_view verb, std::string_view group,
              std::string_view resource) const {
    if (!has(verbs, verb) || !has(groups, group)) return false;
    if (has(resources, resource)) return true;
    // "*/scale": that part of everything.
    const std::size_t slash = resource.find('/');
    return slash != resource.npos &&
           has(resources, "*" + std::string(resource.substr(slash)));
  }
};

Words words(const Json& rule, const char* key) {
  Words list;
  const auto at = rule.find(key);
  if (at == rule.end() || !at->is_array()) return list;
  for (const Json& each : *at) {
    if (each.is_string()) list.push_back(each);
  }
  return list;
}

// What every login may ask about itself.
bool is_of_everyone(const Rule& rule) {
  return std::all_of(rule.resources.begin(), rule.resources.end(),
                     [](const std::string& resource) {
                       return resource.starts_with("selfsubject");
                     });
}

void raise(Level level, Evidence evidence, std::string why, Evaluated& result) {
  if (level < result.level) return;
  if (level == result.level && evidence <= result.evidence) return;
  result.level = level;
  result.evidence = evidence;
  result.why = std::move(why);
}

void look_for_root(const Rule& rule, Evaluated& result) {
  struct Way {
    std::string_view verb, group, resource, why;
    Evidence evidence;
  };
  constexpr std::string_view kRbac = "rbac.authorization.k8s.io";
  constexpr Way kWays[] = {
      {"escalate", kRbac, "clusterroles", "escalates roles",
       Evidence::declared},
      {"escalate", kRbac, "roles", "escalates roles", Evidence::declared},
      {"bind", kRbac, "clusterroles", "binds any role", Evidence::declared},
      {"bind", kRbac, "roles", "binds any role", Evidence::declared},
      {"impersonate", "", "users", "acts as any user", Evidence::declared},
      {"impersonate", "", "groups", "acts as any group", Evidence::declared},
      {"impersonate", "", "serviceaccounts", "acts as any service account",
       Evidence::inferred},
      {"create", "", "serviceaccounts/token",
       "makes tokens of service accounts", Evidence::inferred},
      {"create", "", "nodes/proxy", "runs programs on every node",
       Evidence::declared},
  };
  for (const Way& way : kWays) {
    if (!rule.names.empty() ||
        !rule.allows(way.verb, way.group, way.resource)) {
      continue;
    }
    raise(Level::root, way.evidence, std::string(way.why), result);
  }
  // A group and resource that no API has: only wildcards hold them.
  if (rule.names.empty() && rule.allows("x", "x", "x")) {
    result.level = Level::root;
    result.evidence = Evidence::declared;
    result.why =
        "may do everything with every resource (cluster-admin, or "
        "admin of the namespace)";
  }
}

void add_powers(const Rule& rule, Evaluated& result) {
  struct Kind {
    std::string_view group, resource, destroys;
  };
  constexpr Kind kKinds[] = {
      {"", "namespaces", "infrastructure"},
      {"", "persistentvolumeclaims", "data"},
      {"", "persistentvolumes", "data"},
      {"snapshot.storage.k8s.io", "volumesnapshots", "backups"},
      {"velero.io", "backups", "backups"},
      {"apiextensions.k8s.io", "customresourcedefinitions", "infrastructure"},
      {"apps", "statefulsets", "infrastructure"},
      {"apps", "deployments", "infrastructure"},
      {"", "secrets", "secrets"},
      {"", "nodes", "infrastructure"},
      {"", "pods", "infrastructure"},
  };
  for (const Kind& kind : kKinds) {
    const bool one = rule.allows("delete", kind.group, kind.resource);
    if (!one && !rule.allows("deletecollection", kind.group, kind.resource)) {
      continue;
    }
    const std::string operation = "delete " + std::string(kind.resource);
    raise(Level::destructive, Evidence::declared,
          "may " + operation + (rule.names.empty() ? "" : " by name"), result);
    const bool is_known = std::any_of(
        result.powers.begin(), result.powers.end(),
        [&](const Power& power) { return power.operation == operation; });
    if (is_known || result.powers.size() == kMostPowers) continue;
    Power power;
    power.operation = operation;
    power.destroys = {std::string(kind.destroys)};
    power.evidence = Evidence::declared;
    for (const std::string& name : rule.names) {
      Resource resource;
      resource.name = name;
      resource.kind = kind.resource;
      power.resources.push_back(std::move(resource));
    }
    result.powers.push_back(std::move(power));
  }
}

void look_at(const Rule& rule, Evaluated& result) {
  if (rule.verbs.empty() || rule.resources.empty() || is_of_everyone(rule)) {
    return;
  }
  const std::string& first = rule.resources.front();
  for (const std::string& verb : rule.verbs) {
    const bool reads = verb == "get" || verb == "list" || verb == "watch";
    const bool deletes = verb == "delete" || verb == "deletecollection";
    raise(reads     ? Level::read
          : deletes ? Level::destructive
                    : Level::write,
          Evidence::declared, "may " + verb + " " + first, result);
  }
  add_powers(rule, result);
  look_for_root(rule, result);
}

}  // namespace

std::optional<Evaluated> evaluate_kubernetes_rules(const Variables& variables) {
  Evaluated result;
  result.level = Level::none;
  result.why = "may only look at itself";
  bool has_any = false, is_incomplete = false;
  for (const std::string& text : variables.all("rules")) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) continue;
    const Json& status = json.contains("status") ? json["status"] : json;
    if (!status.is_object()) continue;
    has_any = true;
    is_incomplete |= status.value("incomplete", Json(false)) == true;
    for (const Json& each : status.value("resourceRules", Json::array())) {
      if (!each.is_object()) continue;
      look_at({words(each, "verbs"), words(each, "apiGroups"),
               words(each, "resources"), words(each, "resourceNames")},
              result);
    }
  }
  if (!has_any) return std::nullopt;
  if (is_incomplete && result.level < Level::root) {
    result.evidence = std::min(result.evidence, Evidence::inferred);
    result.why += "; the server's list of its rights is incomplete";
  }
  return result;
}

}  // namespace overreach
