// Evaluator "google-roles": what the roles of an account in the policies of
// projects allow, by what Google's predefined roles hold.  It says more than
// asking for single permissions does where a role holds what nobody asked for.
// docs.cloud.google.com/iam/docs/best-practices-service-accounts
//
// Custom roles and roles on single resources are not looked into.

#include <algorithm>
#include <map>
#include <set>

#include "scanner/core/environment.h"
#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/google_operations.h"
#include "scanner/privilege/google_role.h"
#include "scanner/privilege/reply.h"

namespace overreach {
namespace {

constexpr std::string_view kActsAs = "iam.serviceAccounts.actAs";
constexpr std::string_view kBecomesAny =
    "makes keys or tokens for every service account of ";
constexpr std::string_view kRunsOnAll =
    "puts its own SSH keys on every instance of ";

// Each leads to all rights in the project.
struct Escalation {
  std::string_view permission, what;
};

constexpr Escalation kEscalations[] = {
    {"resourcemanager.projects.setIamPolicy", "changes who may do what in "},
    {"iam.serviceAccountKeys.create", kBecomesAny},
    {"iam.serviceAccounts.getAccessToken", kBecomesAny},
    {"iam.serviceAccounts.implicitDelegation", kBecomesAny},
    {"iam.serviceAccounts.setIamPolicy", kBecomesAny},
    {"iam.serviceAccounts.signBlob", kBecomesAny},
    {"iam.serviceAccounts.signJwt", kBecomesAny},
    {"iam.roles.update", "changes what roles allow in "},
    {"compute.instances.setMetadata", kRunsOnAll},
    {"compute.projects.setCommonInstanceMetadata", kRunsOnAll},
};

// With kActsAs each of these runs programs as any service account.
constexpr std::string_view kLaunches[] = {
    "cloudbuild.builds.create",
    "cloudfunctions.functions.create",
    "cloudfunctions.functions.update",
    "compute.instances.create",
    "deploymentmanager.deployments.create",
    "run.services.create"};

enum class Limited { no, by_a_condition };

// What the roles of one project hold together.
struct Held {
  std::set<std::string> permissions;
  std::vector<std::string> roles;
  bool writes = false;

  bool has(std::string_view permission) const {
    return permissions.count(std::string(permission)) > 0;
  }
};

class Verdict {
 public:
  void add(const std::string& project, const Held& held, Limited limited) {
    is_known_ = true;
    judge_escalation(project, held, limited);
    for (const GoogleOperation& row : google_destructive_operations()) {
      for (const std::string& name : held.permissions) {
        if (!row.covers(name)) continue;
        raise(Level::destructive, "may run " + name + " in ", project, held,
              limited);
        add_power(name, row.destroys, project, limited);
      }
    }
    if (held.writes) {
      raise(Level::write, "may change things in ", project, held, limited);
    }
    raise(Level::read, "may look at things in ", project, held, limited);
  }

  void add_unseen(const std::string& role) { unseen_.insert(role); }

  std::optional<Evaluated> result() && {
    if (!is_known_) return std::nullopt;
    if (!unseen_.empty() && result_.level < Level::root) {
      result_.why += "; what " + *unseen_.begin() +
                     (unseen_.size() > 1 ? " and others hold" : " holds") +
                     " is not known";
    }
    return std::move(result_);
  }

 private:
  void judge_escalation(const std::string& project, const Held& held,
                        Limited limited) {
    for (const Escalation& way : kEscalations) {
      if (!held.has(way.permission)) continue;
      raise(Level::root, std::string(way.what), project, held, limited);
    }
    const bool launches =
        std::any_of(std::begin(kLaunches), std::end(kLaunches),
                    [&](std::string_view name) { return held.has(name); });
    if (launches && held.has(kActsAs)) {
      raise(Level::root, "runs programs as every service account of ", project,
            held, limited);
    }
  }

  void raise(Level level, const std::string& what, const std::string& project,
             const Held& held, Limited limited) {
    std::string why = what + project + ", by " + held.roles.front();
    if (held.roles.size() > 1) {
      why += " and " + std::to_string(held.roles.size() - 1) + " more";
    }
    if (limited == Limited::by_a_condition) why += ", on a condition";
    result_.raise(level, std::move(why), evidence(limited));
  }

  // A condition of a role may never hold for this credential.
  static Evidence evidence(Limited limited) {
    return limited == Limited::no ? Evidence::declared : Evidence::inferred;
  }

  void add_power(const std::string& operation, std::string_view destroys,
                 const std::string& project, Limited limited) {
    Power& power = result_.power(operation, destroys);
    power.evidence = std::max(power.evidence, evidence(limited));
    const bool is_listed =
        std::any_of(power.resources.begin(), power.resources.end(),
                    [&](const Resource& it) { return it.name == project; });
    if (is_listed) return;
    power.resources.push_back(
        {project, "project", environment_of_name(project), {}});
  }

  Evaluated result_{Level::none, Evidence::declared, "holds no role", {}};
  std::set<std::string> unseen_;
  bool is_known_ = false;
};

}  // namespace

std::optional<Evaluated> evaluate_google_roles(const Variables& variables) {
  const auto& conditional = variables.all("conditional_bindings");
  std::map<std::string, Held> held, held_on_condition;
  Verdict verdict;
  for (const std::string& text : variables.all("bindings")) {
    const std::size_t space = std::min(text.find(' '), text.size() - 1);
    const std::string project = text.substr(0, space);
    const std::string name = text.substr(space + 1);
    const auto role = google_role(name);
    if (!role) {
      verdict.add_unseen(name);
      continue;
    }
    const bool is_limited = std::find(conditional.begin(), conditional.end(),
                                      text) != conditional.end();
    Held& all = is_limited ? held_on_condition[project] : held[project];
    all.permissions.insert(role->permissions.begin(), role->permissions.end());
    all.writes = all.writes || role->writes;
    all.roles.push_back(name);
  }
  for (const auto& [project, all] : held) {
    verdict.add(project, all, Limited::no);
  }
  for (const auto& [project, all] : held_on_condition) {
    verdict.add(project, all, Limited::by_a_condition);
  }
  return std::move(verdict).result();
}

}  // namespace overreach
