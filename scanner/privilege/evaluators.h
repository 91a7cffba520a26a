// The languages of policies, one function each; evaluate.cpp finds them by
// name.
#pragma once

#include <optional>

#include "scanner/privilege/evaluate.h"

namespace overreach {

std::optional<Evaluated> evaluate_aws_iam(const Variables& variables);
std::optional<Evaluated> evaluate_azure_rbac(const Variables& variables);
std::optional<Evaluated> evaluate_etcd_permissions(const Variables& variables);
std::optional<Evaluated> evaluate_github_permissions(
    const Variables& variables);
std::optional<Evaluated> evaluate_google_roles(const Variables& variables);
std::optional<Evaluated> evaluate_kubernetes_rules(const Variables& variables);
std::optional<Evaluated> evaluate_minio_policies(const Variables& variables);
std::optional<Evaluated> evaluate_mongodb_privileges(
    const Variables& variables);
std::optional<Evaluated> evaluate_nats_permissions(const Variables& variables);
std::optional<Evaluated> evaluate_oci_policies(const Variables& variables);
std::optional<Evaluated> evaluate_ovh_rules(const Variables& variables);
std::optional<Evaluated> evaluate_vault_acl(const Variables& variables);

}  // namespace overreach
