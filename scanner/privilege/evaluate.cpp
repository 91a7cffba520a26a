#include "scanner/privilege/evaluate.h"

#include <algorithm>
#include <array>

#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/reply.h"

namespace overreach {
namespace {

struct Evaluator {
  std::string_view name;
  std::optional<Evaluated> (*evaluate)(const Variables&);
};

constexpr std::array<Evaluator, 12> kEvaluators = {{
    {"aws-iam", evaluate_aws_iam},
    {"azure-rbac", evaluate_azure_rbac},
    {"etcd-permissions", evaluate_etcd_permissions},
    {"github-permissions", evaluate_github_permissions},
    {"google-roles", evaluate_google_roles},
    {"kubernetes-rules", evaluate_kubernetes_rules},
    {"minio-policies", evaluate_minio_policies},
    {"mongodb-privileges", evaluate_mongodb_privileges},
    {"nats-permissions", evaluate_nats_permissions},
    {"oci-policies", evaluate_oci_policies},
    {"ovh-rules", evaluate_ovh_rules},
    {"vault-acl", evaluate_vault_acl},
}};

}  // namespace

void Evaluated::raise(Level to, std::string because, Evidence by) {
  if (to <= level) return;
  level = to;
  evidence = by;
  why = std::move(because);
}

Power& Evaluated::power(std::string_view operation, std::string_view destroys) {
  const auto at = std::find_if(
      powers.begin(), powers.end(),
      [&](const Power& each) { return each.operation == operation; });
  if (at != powers.end()) return *at;
  powers.push_back({std::string(operation), split_text(destroys, " "), {}, {}});
  return powers.back();
}

std::optional<Evaluated> evaluate(std::string_view name,
                                  const Variables& variables) {
  for (const Evaluator& each : kEvaluators) {
    if (each.name == name) return each.evaluate(variables);
  }
  return std::nullopt;
}

bool is_evaluator(std::string_view name) {
  return std::any_of(kEvaluators.begin(), kEvaluators.end(),
                     [&](const Evaluator& each) { return each.name == name; });
}

}  // namespace overreach
