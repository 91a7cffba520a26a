// Providers whose permissions are a language of their own: what policies that
// probes have read allow, taken together.  A rule file names one of these with
// `evaluate` and says in which variables the documents are.
//
//   aws-iam            identity_policies, group_policies, boundary: JSON texts;
//                      arn, user; policy_names: ARNs, when no text is known;
//                      probes called as in iam_evaluator.cpp: what was refused
//   azure-rbac         assignments: "SCOPE ROLE-ID"; conditional_assignments:
//                      those of them with a condition; definitions: "ROLE-NAME
//                      JSON" with the role's permissions, not needed for
//                      built-in roles; group_permissions: "SCOPE JSON" with one
//                      permission
//   etcd-permissions   permissions: JSON texts out of role/get
//   github-permissions installations: "ACCOUNT TYPE SELECTION JSON", the JSON
//                      being {"contents":"write", ...}
//   google-roles       bindings: "PROJECT ROLE", conditional_bindings: those of
//                      them with a condition
//   kubernetes-rules   the status of SelfSubjectRulesReviews, JSON texts:
//                      cluster_rules for the namespace "*", which has only what
//                      holds in the whole cluster; rules for real namespaces,
//                      whose names are in namespaces
//   minio-policies     policies: JSON texts; account: whose they are; key: the
//                      access key that asks
//   mongodb-privileges privileges: JSON texts of connectionStatus; role_names:
//                      "ROLE DATABASE", which count where there are none
//   nats-permissions   self: the user as $SYS.REQ.USER.INFO has it; system: set
//                      if the system account's requests are answered; streams:
//                      names; storage, refusal: of $JS.API.INFO; jetstream:
//                      "true" if the server has it
//   oci-policies       statements: texts; group_names, group_ids of the user
//   ovh-rules          rules: "METHOD PATH" of a consumer key
//   vault-acl          acl: the reply of sys/internal/ui/resultant-acl
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/report.h"
#include "scanner/privilege/variables.h"

namespace overreach {

struct Evaluated {
  Level level = Level::unknown;
  Evidence evidence = Evidence::declared;
  std::string why;            // one clause
  std::vector<Power> powers;  // resources: patterns of the policy, if not all

  // Takes a level with its reason if it is the highest so far.
  void raise(Level to, std::string because, Evidence by = Evidence::declared);

  // The power of that name, made where there is none yet; `destroys` are words
  // by spaces.  Good until the next one is made.
  Power& power(std::string_view operation, std::string_view destroys);
};

// Nothing when there is no document to judge by.
std::optional<Evaluated> evaluate(std::string_view name,
                                  const Variables& variables);

// Whether there is such an evaluator; for checking rule files.
bool is_evaluator(std::string_view name);

}  // namespace overreach
