#include "scanner/privilege/evaluate.h"

#include <algorithm>
#include <array>

#include "scanner/privilege/evaluators.h"

namespace overreach {
namespace {

struct Evaluator {
  std::string_view name;
  std::optional<Evaluated> (*evaluate)(const Variables&);
};

constexpr std::array<Evaluator, 10> kEvaluators = {{
    {"aws-iam", evaluate_aws_iam},
    {"azure-rbac", evaluate_azure_rbac},
    {"etcd-permissions", evaluate_etcd_permissions},
    {"github-permissions", evaluate_github_permissions},
    {"google-roles", evaluate_google_roles},
    {"kubernetes-rules", evaluate_kubernetes_rules},
    {"minio-policies", evaluate_minio_policies},
    {"mongodb-privileges", evaluate_mongodb_privileges},
    {"oci-policies", evaluate_oci_policies},
    {"vault-acl", evaluate_vault_acl},
}};

}  // namespace

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
