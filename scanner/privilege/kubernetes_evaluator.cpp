// Evaluator "kubernetes-rules": from RBAC rules to a level and powers.  What
// leads to all rights:
// kubernetes.io/docs/concepts/security/rbac-good-practices
//
// Rules that hold in one namespace only make nobody root of the cluster:
// whoever runs programs there has what its service accounts have, which is not
// known.

#include <algorithm>
#include <array>

#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/kubernetes_rules.h"
#include "scanner/privilege/reply.h"

namespace overreach {
namespace {

constexpr std::size_t kMostPowers = 60;
constexpr std::string_view kWrites = "create update patch";
constexpr std::string_view kDeletes = "delete deletecollection";
constexpr std::string_view kReads = "get list watch";
constexpr std::string_view kRbac = "rbac.authorization.k8s.io";
constexpr std::string_view kAdmission = "admissionregistration.k8s.io";
constexpr std::string_view kRuns = "runs programs as any service account";

enum class InNamespace { nothing, destructive };

// In the whole cluster each of these leads to all rights.
struct Escalation {
  std::string_view group, resource, verbs;
  std::string_view what;
  InNamespace in_namespace;
  std::string_view name = {};  // the one that is enough if rules name some
};

constexpr std::array<Escalation, 24> kEscalations = {{
    {kRbac, "clusterrolebindings", kWrites, "binds cluster roles",
     InNamespace::nothing},
    {kRbac, "rolebindings", kWrites, "binds roles", InNamespace::destructive},
    {kRbac, "clusterroles", "bind escalate", "gives roles it has not got",
     InNamespace::destructive, "cluster-admin"},
    {kRbac, "roles", "bind escalate", "gives roles it has not got",
     InNamespace::destructive},
    {"", "users", "impersonate", "acts as any user", InNamespace::nothing},
    {"", "groups", "impersonate", "acts as any group", InNamespace::nothing,
     "system:masters"},
    {"", "serviceaccounts", "impersonate", "acts as any service account",
     InNamespace::destructive},
    {"", "serviceaccounts/token", "create", "makes tokens of service accounts",
     InNamespace::destructive},
    {"", "pods", "create", kRuns, InNamespace::destructive},
    {"", "pods/exec", "create get", "runs programs in pods",
     InNamespace::destructive},
    {"", "pods/attach", "create get", "runs programs in pods",
     InNamespace::destructive},
    {"", "pods/ephemeralcontainers", "update patch", "runs programs in pods",
     InNamespace::destructive},
    {"apps", "deployments", kWrites, kRuns, InNamespace::destructive},
    {"apps", "statefulsets", kWrites, kRuns, InNamespace::destructive},
    {"apps", "daemonsets", kWrites, kRuns, InNamespace::destructive},
    {"apps", "replicasets", kWrites, kRuns, InNamespace::destructive},
    {"", "replicationcontrollers", kWrites, kRuns, InNamespace::destructive},
    {"batch", "jobs", "create", kRuns, InNamespace::destructive},
    {"batch", "cronjobs", kWrites, kRuns, InNamespace::destructive},
    {"", "nodes/proxy", "create get", "runs programs in pods, by nodes/proxy",
     InNamespace::nothing},
    {"certificates.k8s.io", "certificatesigningrequests/approval",
     "update patch", "approves client certificates", InNamespace::nothing},
    {kAdmission, "mutatingwebhookconfigurations", kWrites,
     "changes every object on its way in", InNamespace::nothing},
    {kAdmission, "validatingwebhookconfigurations", kWrites,
     "sees every object on its way in", InNamespace::nothing},
    {"", "secrets", kReads, "reads every secret, tokens among them",
     InNamespace::nothing},
}};

constexpr std::array<std::string_view, 8> kOfNoNamespace = {
    "certificatesigningrequests/approval",
    "clusterrolebindings",
    "clusterroles",
    "groups",
    "mutatingwebhookconfigurations",
    "nodes/proxy",
    "users",
    "validatingwebhookconfigurations",
};

bool is_of_no_namespace(std::string_view resource) {
  return std::find(kOfNoNamespace.begin(), kOfNoNamespace.end(), resource) !=
         kOfNoNamespace.end();
}

struct Destruction {
  std::string_view group, resource, destroys;
};

constexpr std::array<Destruction, 20> kDestructions = {{
    {"", "persistentvolumeclaims", "data"},
    {"", "persistentvolumes", "data"},
    {"", "namespaces", "data infrastructure"},
    {"apiextensions.k8s.io", "customresourcedefinitions",
     "data infrastructure"},
    {"snapshot.storage.k8s.io", "volumesnapshots", "backups"},
    {"snapshot.storage.k8s.io", "volumesnapshotcontents", "backups"},
    {"velero.io", "backups", "backups"},
    {"", "secrets", "secrets"},
    {"", "configmaps", "infrastructure"},
    {"apps", "statefulsets", "infrastructure"},
    {"apps", "deployments", "infrastructure"},
    {"apps", "daemonsets", "infrastructure"},
    {"", "pods", "infrastructure"},
    {"", "nodes", "infrastructure"},
    {"", "services", "infrastructure"},
    {"networking.k8s.io", "ingresses", "infrastructure"},
    {"batch", "cronjobs", "infrastructure"},
    {"batch", "jobs", "infrastructure"},
    {kRbac, "clusterrolebindings", "access"},
    {kRbac, "rolebindings", "access"},
}};

bool covers_any(const KubeRule& rule, std::string_view verbs,
                std::string_view group, std::string_view resource) {
  const auto list = split_text(verbs, " ");
  return std::any_of(list.begin(), list.end(), [&](const std::string& verb) {
    return rule.covers(verb, group, resource);
  });
}

// A rule for some names only is no escalation, but for the names that are
// enough.
bool leads_on(const KubeRule& rule, const Escalation& row) {
  if (!covers_any(rule, row.verbs, row.group, row.resource)) return false;
  return rule.names.empty() ||
         (!row.name.empty() && std::find(rule.names.begin(), rule.names.end(),
                                         row.name) != rule.names.end());
}

// Every account may ask about itself, which writes nothing.
bool is_about_itself(const KubeRule& rule) {
  return std::all_of(rule.resources.begin(), rule.resources.end(),
                     [](const std::string& resource) {
                       return resource.starts_with("selfsubject");
                     });
}

// A group of Kubernetes itself is short or ends with its name.
bool is_custom(std::string_view group) {
  return group.find('.') != group.npos && !group.ends_with(".k8s.io") &&
         group != "velero.io";
}

// Where the rules of a reply hold.
enum class ScopeOf { cluster, either, name_space };

// Everything one reply says.
class Scope {
 public:
  // `name` says where, if not in the whole cluster.
  Scope(const KubeRules& rules, ScopeOf scope, std::string name)
      : rules_(rules), scope_(scope), name_(std::move(name)) {}

  void judge(Evaluated& result) {
    for (const KubeRule& rule : rules_.rules) {
      if (!is_about_itself(rule)) judge(rule, result);
    }
    for (const Destruction& row : kDestructions) {
      add_power(row, std::string(row.resource), result);
    }
    add_custom_powers(result);
  }

 private:
  bool is_cluster() const { return scope_ == ScopeOf::cluster; }
  bool may_be_cluster() const { return scope_ != ScopeOf::name_space; }

  void raise(Level level, std::string_view why, Evaluated& result) const {
    if (level <= result.level) return;
    result.level = level;
    result.why = std::string(why);
    result.why += is_cluster() ? " in the whole cluster" : " in " + name_;
    const bool is_guess = level == Level::root && !is_cluster();
    if (is_guess) result.why += ", perhaps in the whole cluster";
    result.evidence = is_guess ? Evidence::inferred : Evidence::declared;
  }

  void judge(const KubeRule& rule, Evaluated& result) const {
    if (rule.is_everything()) {
      raise(may_be_cluster() ? Level::root : Level::destructive,
            "may do everything", result);
    }
    for (const Escalation& row : kEscalations) {
      if (!leads_on(rule, row)) continue;
      if (is_cluster() ||
          (may_be_cluster() && is_of_no_namespace(row.resource))) {
        raise(Level::root, row.what, result);
      }
      if (row.in_namespace == InNamespace::destructive) {
        raise(Level::destructive, row.what, result);
      }
    }
    judge_plain(rule, result);
  }

  // By the verbs alone, whatever the resource.
  void judge_plain(const KubeRule& rule, Evaluated& result) const {
    if (rule.resources.empty()) return;
    const std::string& first = rule.resources.front();
    const auto has = [&](std::string_view verbs) {
      const auto list = split_text(verbs, " ");
      return std::any_of(
          rule.verbs.begin(), rule.verbs.end(), [&](const std::string& verb) {
            return verb == "*" ||
                   std::find(list.begin(), list.end(), verb) != list.end();
          });
    };
    if (has(kWrites) || has(kDeletes)) {
      raise(Level::write, "may write " + first, result);
    }
    if (has(kReads)) raise(Level::read, "may read " + first, result);
  }

  // What operators keep in objects of their own: databases, clusters, backups.
  void add_custom_powers(Evaluated& result) const {
    for (const KubeRule& rule : rules_.rules) {
      for (const std::string& group : rule.groups) {
        for (const std::string& resource : rule.resources) {
          if (!is_custom(group) || resource.find('/') != resource.npos ||
              result.powers.size() >= kMostPowers) {
            continue;
          }
          add_power({group, resource, "infrastructure"}, resource + "." + group,
                    result);
        }
      }
    }
  }

  void add_power(const Destruction& row, const std::string& name,
                 Evaluated& result) const {
    std::vector<Resource> resources;
    bool is_allowed = false, is_for_all = false;
    for (const KubeRule& rule : rules_.rules) {
      if (!covers_any(rule, kDeletes, row.group, row.resource)) continue;
      is_allowed = true;
      is_for_all = is_for_all || rule.names.empty();
      for (const std::string& only : rule.names) {
        resources.push_back({only, std::string(row.resource), {}, {}});
      }
    }
    if (!is_allowed) return;
    if (is_for_all) resources.clear();
    if (is_for_all && !is_cluster()) {
      resources.push_back(
          {"all in " + name_, std::string(row.resource), {}, {}});
    }
    Power power;
    power.operation = "delete " + name;
    power.destroys = split_text(row.destroys, " ");
    power.evidence = Evidence::declared;
    power.resources = std::move(resources);
    raise(Level::destructive, "may " + power.operation, result);
    add(std::move(power), result);
  }

  // What holds in the cluster holds in its namespaces: said once.
  static void add(Power power, Evaluated& result) {
    for (Power& other : result.powers) {
      if (other.operation != power.operation) continue;
      if (other.resources.empty()) return;
      for (Resource& resource : power.resources) {
        if (std::none_of(other.resources.begin(), other.resources.end(),
                         [&](const Resource& known) {
                           return known.name == resource.name;
                         })) {
          other.resources.push_back(std::move(resource));
        }
      }
      return;
    }
    result.powers.push_back(std::move(power));
  }

  const KubeRules& rules_;
  const ScopeOf scope_;
  const std::string name_;
};

}  // namespace

std::optional<Evaluated> evaluate_kubernetes_rules(const Variables& variables) {
  Evaluated result;
  result.level = Level::none;
  result.evidence = Evidence::declared;
  result.why = "may do only what every account may";
  bool is_known = false, is_incomplete = false;
  const auto judge = [&](const std::string& text, ScopeOf scope,
                         const std::string& where) {
    const auto rules = parse_kube_rules(text);
    if (!rules) return;
    is_known = true;
    is_incomplete = is_incomplete || rules->is_incomplete;
    Scope(*rules, scope, where).judge(result);
  };
  for (const std::string& text : variables.all("cluster_rules")) {
    judge(text, ScopeOf::cluster, "");
  }
  const ScopeOf scope = is_known ? ScopeOf::name_space : ScopeOf::either;
  // Replies do not say for which namespace they are.
  const auto& texts = variables.all("rules");
  const auto& names = variables.all("namespaces");
  const std::string where = texts.size() == 1 && names.size() == 1
                                ? "the namespace " + names.front()
                                : "a namespace";
  for (const std::string& text : texts) judge(text, scope, where);
  if (!is_known) return std::nullopt;
  if (is_incomplete && result.level < Level::root) {
    result.evidence = std::min(result.evidence, Evidence::inferred);
    result.why += "; the server's list may be incomplete";
  }
  return result;
}

}  // namespace overreach
