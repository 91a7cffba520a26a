// Rights of Vault tokens and of Kubernetes logins, as their servers list them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/privilege/evaluate.h"

namespace overreach {
namespace {

struct Case {
  const char* text;
  Level level;
  const char* power;  // one that must be there; null: none at all
};

void expect(const char* evaluator, const char* variable, const Case& c) {
  Variables variables;
  variables.add(variable, c.text);
  const auto result = evaluate(evaluator, variables);
  ASSERT_TRUE(result) << c.text;
  EXPECT_EQ(to_string(result->level), to_string(c.level))
      << c.text << ": " << result->why;
  std::vector<std::string> names;
  for (const Power& power : result->powers) names.push_back(power.operation);
  if (c.power) {
    EXPECT_THAT(names, testing::Contains(c.power)) << c.text;
  } else {
    EXPECT_THAT(names, testing::IsEmpty()) << c.text;
  }
}

// As OpenBao 2.7.2 answers for tokens of such policies.
TEST(VaultAcl, Levels) {
  constexpr Case kCases[] = {
      {R"({"root":true})", Level::root, "DELETE /v1/sys/mounts/{path}"},
      {R"({"data":{"root":true}})", Level::root,
       "DELETE /v1/sys/mounts/{path}"},
      {R"({"root":false,"glob_paths":{"":{"capabilities":["create","delete",
       "list","patch","read","sudo","update"]}}})",
       Level::root, "DELETE /v1/{mount}/{path}"},
      {R"({"root":false,"glob_paths":{"secret/":{"capabilities":["create",
       "delete","list","patch","read","update"]},"sys/mounts/":
       {"capabilities":["delete","read","sudo"]}}})",
       Level::destructive, "DELETE /v1/sys/mounts/{path}"},
      {R"({"root":false,"exact_paths":{"auth/token/renew-self":{"capabilities":
       ["update"]}},"glob_paths":{"cubbyhole/":{"capabilities":["create",
       "delete","list","read","update"]},"secret/data/app/":{"capabilities":
       ["create","list","read","update"]}}})",
       Level::write, nullptr},
      {R"({"root":false,"glob_paths":{"secret/data/app/":{"capabilities":
       ["list","read"]}}})",
       Level::read, nullptr},
      {R"({"root":false,"glob_paths":{"secret/":{"capabilities":["deny"]}}})",
       Level::none, nullptr},
      {R"({"root":false,"exact_paths":{"sys/policies/acl/ci":{"capabilities":
       ["update"]}}})",
       Level::root, nullptr},
      {R"({"root":false,"glob_paths":{"secret/destroy/app/":{"capabilities":
       ["update"]}}})",
       Level::destructive, "PUT /v1/{mount}/destroy/{path}"},
  };
  for (const Case& c : kCases) expect("vault-acl", "acl", c);
}

TEST(KubernetesRules, Levels) {
  constexpr Case kCases[] = {
      {R"({"resourceRules":[{"verbs":["*"],"apiGroups":["*"],
       "resources":["*"]}]})",
       Level::root, "delete persistentvolumeclaims"},
      {R"({"status":{"resourceRules":[{"verbs":["create"],
       "apiGroups":["authorization.k8s.io"],
       "resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"]}]}})",
       Level::none, nullptr},
      {R"({"resourceRules":[{"verbs":["get","list"],"apiGroups":[""],
       "resources":["pods","secrets"]}]})",
       Level::read, nullptr},
      {R"({"resourceRules":[{"verbs":["get","patch"],"apiGroups":["apps"],
       "resources":["deployments"]}]})",
       Level::destructive, nullptr},
      {R"({"resourceRules":[{"verbs":["delete"],"apiGroups":[""],
       "resources":["persistentvolumeclaims"],"resourceNames":["db"]}]})",
       Level::destructive, "delete persistentvolumeclaims"},
      {R"({"resourceRules":[{"verbs":["delete"],"apiGroups":["shop.example"],
       "resources":["orders"]}]})",
       Level::destructive, "delete orders.shop.example"},
      {R"({"resourceRules":[{"verbs":["bind"],
       "apiGroups":["rbac.authorization.k8s.io"],
       "resources":["clusterroles"]}]})",
       Level::root, nullptr},
      {R"({"resourceRules":[{"verbs":["impersonate"],"apiGroups":[""],
       "resources":["users"]}]})",
       Level::root, nullptr},
  };
  for (const Case& c : kCases) expect("kubernetes-rules", "rules", c);
}

TEST(Evaluators, NothingToJudgeBy) {
  for (const char* name : {"aws-iam", "kubernetes-rules", "vault-acl", "no"}) {
    EXPECT_FALSE(evaluate(name, {})) << name;
  }
  for (const char* bad : {"", "[]", "null", "{", "\"x\""}) {
    Variables variables;
    variables.add("acl", bad);
    variables.add("rules", bad);
    EXPECT_FALSE(evaluate("vault-acl", variables)) << bad;
    EXPECT_FALSE(evaluate("kubernetes-rules", variables)) << bad;
  }
}

std::optional<Evaluated> of_minio(const char* policy, const char* account) {
  Variables variables;
  variables.add("policies", policy);
  variables.add("account", account);
  variables.add("key", "orders");
  return evaluate("minio-policies", variables);
}

TEST(MinioPolicies, WhatTheyAllow) {
  const struct {
    const char* statements;
    Level level;
    const char* why;
  } cases[] = {
      {R"({"Effect":"Allow","Action":["admin:*"]})", Level::root,
       "makes users (admin:CreateUser)"},
      {R"({"Effect":"Allow","Action":["admin:ExportIAM"],
           "Resource":["arn:aws:s3:::*"]})",
       Level::root, "reads the secret keys of all users (admin:ExportIAM)"},
      {R"({"Effect":"Allow","Action":["admin:*"]},
          {"Effect":"Deny","Action":["admin:*"]})",
       Level::none, "its policies allow nothing"},
      {R"({"Effect":"Allow","Action":["s3:Delete*"],
           "Resource":["arn:aws:s3:::a/*"]})",
       Level::destructive, "its policies allow it (s3:DeleteObject)"},
      // The bucket is not its objects.
      {R"({"Effect":"Allow","Action":["s3:DeleteObject"],
           "Resource":["arn:aws:s3:::a"]})",
       Level::none, "its policies allow nothing"},
      {R"({"Effect":"Allow","Action":["s3:DeleteBucket"],
           "Resource":["arn:aws:s3:::a/*"]})",
       Level::none, "its policies allow nothing"},
      {R"({"Effect":"Allow","Action":["s3:PutObject","s3:GetObject"],
           "Resource":["arn:aws:s3:::*"]})",
       Level::write, "its policies allow it (s3:PutObject)"},
      {R"({"Effect":"Allow","Action":["admin:ServerInfo"]})", Level::read,
       "its policies allow reading only (admin:ServerInfo)"},
  };
  for (const auto& each : cases) {
    const std::string policy =
        std::string(R"({"Version":"2012-10-17","Statement":[)") +
        each.statements + "]}";
    const auto result = of_minio(policy.c_str(), "orders");
    ASSERT_TRUE(result) << each.statements;
    EXPECT_EQ(result->level, each.level) << each.statements;
    EXPECT_EQ(result->why, each.why);
    EXPECT_EQ(result->evidence, Evidence::declared);
  }
}

// A key that a user made shows the user's policy, not its own.
TEST(MinioPolicies, OfAnotherAccount) {
  const auto result = of_minio(
      R"({"Statement":[{"Effect":"Allow","Action":["admin:*"]}]})", "root");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->level, Level::root);
  EXPECT_EQ(result->evidence, Evidence::assumed);
  for (const Power& power : result->powers) {
    EXPECT_EQ(power.evidence, Evidence::assumed) << power.operation;
  }
  EXPECT_FALSE(of_minio("[]", "root"));
  const auto nothing = of_minio(R"({"Statement":null})", "orders");
  ASSERT_TRUE(nothing);
  EXPECT_EQ(nothing->level, Level::none);
}

TEST(EtcdPermissions, RangesOfKeys) {
  const struct {
    const char* permission;
    Level level;
    const char* why;
  } cases[] = {
      {R"({"permType":"READWRITE","key":"AA==","range_end":"AA=="})",
       Level::destructive, "may overwrite and delete every key"},
      {R"({"permType":"WRITE","key":"YXBwLw==","range_end":"YXBwMA=="})",
       Level::destructive, "may overwrite and delete app/*"},
      {R"({"permType":"WRITE","key":"YQ==","range_end":"AA=="})",
       Level::destructive, "may overwrite and delete a and all behind it"},
      {R"({"permType":"WRITE","key":"YQ==","range_end":"Yw=="})",
       Level::destructive, "may overwrite and delete a to c"},
      // The first key behind all that begin with "a\xff" is "b".
      {R"({"permType":"WRITE","key":"Yf8=","range_end":"Yg=="})",
       Level::destructive, "may overwrite and delete a\xff*"},
      {R"({"permType":"WRITE","key":"YQpi"})", Level::destructive,
       "may overwrite and delete a?b"},
      {R"({"key":"AA==","range_end":"AA=="})", Level::read,
       "may read every key"},
      {R"({"permType":"READ","key":"YQ=="})", Level::read, "may read a"},
  };
  for (const auto& each : cases) {
    Variables variables;
    variables.add("permissions", each.permission);
    const auto result = evaluate("etcd-permissions", variables);
    ASSERT_TRUE(result) << each.permission;
    EXPECT_EQ(result->level, each.level) << each.permission;
    EXPECT_EQ(result->why, each.why);
  }
  for (const char* broken : {"", "[]", R"({"key":"%%"})"}) {
    Variables variables;
    variables.add("permissions", broken);
    EXPECT_FALSE(evaluate("etcd-permissions", variables)) << broken;
  }
}

}  // namespace
}  // namespace overreach
