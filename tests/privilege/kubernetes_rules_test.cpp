// Verdicts on RBAC rules.  Replies have the form that a Kubernetes 1.36 server
// gives; what every account may do is in all of them.

#include "scanner/privilege/kubernetes_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/privilege/evaluate.h"

namespace overreach {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kEverybody =
    R"({"verbs":["create"],"apiGroups":["authorization.k8s.io"],)"
    R"("resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"]},)"
    R"({"verbs":["create"],"apiGroups":["authentication.k8s.io"],)"
    R"("resources":["selfsubjectreviews"]})";

std::string quoted(const std::string& list) {
  std::string text;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    text += (at == 0 ? "\"" : ",\"") + list.substr(at, end - at) + "\"";
    at = end + 1;
  }
  return text;
}

std::string rule(const std::string& verbs, const std::string& group,
                 const std::string& resources, const std::string& names = "") {
  return R"({"verbs":[)" + quoted(verbs) + R"(],"apiGroups":[)" +
         quoted(group) + R"(],"resources":[)" + quoted(resources) + "]" +
         (names.empty() ? "" : R"(,"resourceNames":[)" + quoted(names) + "]") +
         "}";
}

std::string status(const std::string& rules, bool incomplete = false) {
  return R"({"resourceRules":[)" + kEverybody +
         (rules.empty() ? "" : "," + rules) +
         R"(],"nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/api"]}],)" +
         R"("incomplete":)" + (incomplete ? "true" : "false") + "}";
}

Evaluated judged(const std::string& cluster, const std::string& space = "") {
  Variables variables;
  if (!cluster.empty()) variables.add("cluster_rules", cluster);
  if (!space.empty()) variables.add("rules", space);
  variables.add("namespaces", "web");
  return evaluate("kubernetes-rules", variables).value();
}

std::vector<std::string> operations(const Evaluated& result) {
  std::vector<std::string> names;
  for (const Power& power : result.powers) names.push_back(power.operation);
  return names;
}

const Power& power(const Evaluated& result, const std::string& operation) {
  for (const Power& each : result.powers) {
    if (each.operation == operation) return each;
  }
  ADD_FAILURE() << "no " << operation;
  static const Power kNone;
  return kNone;
}

TEST(KubernetesVerdict, Levels) {
  struct Case {
    std::string rules;
    Level in_cluster, in_namespace;
    const char* why;  // in the cluster
  };
  const std::string rbac = "rbac.authorization.k8s.io";
  const Case cases[] = {
      {"", Level::none, Level::none, "only what every account may"},
      {rule("*", "*", "*"), Level::root, Level::destructive,
       "may do everything in the whole cluster"},
      {rule("get list watch", "*", "pods services"), Level::read, Level::read,
       "may read pods"},
      {rule("get update patch", "", "configmaps"), Level::write, Level::write,
       "may write configmaps"},
      // "view" may not read secrets, "custom" in the real tests may.
      {rule("list", "", "secrets"), Level::root, Level::read,
       "reads every secret"},
      {rule("get", "", "secrets", "one"), Level::read, Level::read,
       "may read secrets"},
      {rule("create", rbac, "clusterrolebindings"), Level::root, Level::write,
       "binds cluster roles"},
      {rule("patch", rbac, "rolebindings"), Level::root, Level::destructive,
       "binds roles"},
      {rule("escalate", rbac, "clusterroles"), Level::root, Level::destructive,
       "roles it has not got"},
      {rule("bind", rbac, "clusterroles", "view"), Level::none, Level::none,
       "only what"},
      {rule("bind", rbac, "clusterroles", "cluster-admin"), Level::root,
       Level::destructive, "roles it has not got"},
      {rule("impersonate", "", "serviceaccounts"), Level::root,
       Level::destructive, "acts as any service account"},
      {rule("impersonate", "", "groups"), Level::root, Level::none,
       "acts as any group"},
      {rule("impersonate", "", "users", "ci"), Level::none, Level::none,
       "only what"},
      {rule("create", "", "pods"), Level::root, Level::destructive,
       "runs programs as any service account"},
      {rule("create", "", "pods/exec"), Level::root, Level::destructive,
       "runs programs in pods"},
      {rule("create", "", "*/exec"), Level::root, Level::destructive,
       "runs programs in pods"},
      {rule("create", "", "pods/log"), Level::write, Level::write,
       "may write pods/log"},
      {rule("patch", "apps", "deployments"), Level::root, Level::destructive,
       "runs programs"},
      {rule("patch", "", "deployments"), Level::write, Level::write,
       "may write deployments"},
      {rule("create", "", "serviceaccounts/token"), Level::root,
       Level::destructive, "makes tokens"},
      {rule("get", "", "nodes/proxy"), Level::root, Level::read, "nodes/proxy"},
      {rule("delete", "", "persistentvolumeclaims"), Level::destructive,
       Level::destructive, "may delete persistentvolumeclaims"},
      {rule("deletecollection", "apps", "statefulsets"), Level::destructive,
       Level::destructive, "may delete statefulsets"},
      {rule("delete", "", "events"), Level::write, Level::write,
       "may write events"},
      {rule("delete", "acid.zalan.do", "postgresqls"), Level::destructive,
       Level::destructive, "may delete postgresqls.acid.zalan.do"},
      {rule("delete", "coordination.k8s.io", "leases"), Level::write,
       Level::write, "may write leases"},
  };
  for (const Case& c : cases) {
    const Evaluated cluster = judged(status(c.rules));
    EXPECT_EQ(cluster.level, c.in_cluster) << c.rules;
    EXPECT_EQ(cluster.evidence, Evidence::declared);
    EXPECT_THAT(cluster.why, HasSubstr(c.why)) << c.rules;
    EXPECT_EQ(judged(status(""), status(c.rules)).level, c.in_namespace)
        << c.rules;
  }
}

TEST(KubernetesVerdict, PowersAndWhere) {
  const Evaluated all = judged(status(rule("*", "*", "*")));
  EXPECT_EQ(all.powers.size(), 20u);
  for (const Power& each : all.powers) {
    EXPECT_THAT(each.resources, IsEmpty()) << each.operation;
    EXPECT_THAT(each.destroys, Not(IsEmpty())) << each.operation;
  }
  EXPECT_THAT(power(all, "delete volumesnapshots").destroys,
              Contains("backups"));

  const Evaluated space =
      judged(status(""), status(rule("delete", "", "pods") + "," +
                                rule("delete", "", "secrets", "a b")));
  EXPECT_EQ(space.why, "may delete secrets in the namespace web");
  EXPECT_EQ(power(space, "delete pods").resources.at(0).name,
            "all in the namespace web");
  ASSERT_EQ(power(space, "delete secrets").resources.size(), 2u);
  EXPECT_EQ(power(space, "delete secrets").resources[1].name, "b");

  // A right in the cluster is one in the namespace, too: said once.
  const std::string pods = status(rule("delete", "", "pods"));
  EXPECT_THAT(power(judged(pods, pods), "delete pods").resources, IsEmpty());
  EXPECT_EQ(operations(judged(pods, pods)).size(), 1u);
}

// Without the cluster's own list it is not known how far they reach.
TEST(KubernetesVerdict, NamespaceAlone) {
  const Evaluated all = judged("", status(rule("*", "*", "*")));
  EXPECT_EQ(all.level, Level::root);
  EXPECT_EQ(all.evidence, Evidence::inferred);
  EXPECT_EQ(all.why,
            "may do everything in the namespace web, perhaps in the whole "
            "cluster");
  EXPECT_EQ(judged("", status(rule("impersonate", "", "users"))).level,
            Level::root);
  EXPECT_EQ(judged("", status(rule("create", "", "pods"))).level,
            Level::destructive);
  EXPECT_EQ(judged("", status(rule("list", "", "secrets"))).level, Level::read);
  const Evaluated pods = judged("", status(rule("delete", "", "pods")));
  EXPECT_EQ(pods.level, Level::destructive);
  EXPECT_EQ(pods.evidence, Evidence::declared);
}

TEST(KubernetesVerdict, SaysWhenTheListMayBeIncomplete) {
  EXPECT_THAT(judged(status(rule("get", "", "pods"), true)).why,
              HasSubstr("may be incomplete"));
  EXPECT_THAT(judged(status(rule("get", "", "pods"))).why,
              Not(HasSubstr("incomplete")));
}

TEST(KubernetesVerdict, WholeReplyOrStatus) {
  const std::string inner = status(rule("*", "*", "*"));
  EXPECT_EQ(judged(R"({"kind":"SelfSubjectRulesReview","spec":{},"status":)" +
                   inner + "}")
                .level,
            Level::root);
}

TEST(KubernetesVerdict, WhatIsNoReply) {
  for (const char* text :
       {"", "[]", "{}", "null", R"({"status":"Failure","code":403})",
        R"({"resourceRules":{}})", R"({"status":{"resourceRules":null}})"}) {
    Variables variables;
    variables.add("rules", text);
    EXPECT_FALSE(evaluate("kubernetes-rules", variables)) << text;
  }
  EXPECT_FALSE(evaluate("kubernetes-rules", Variables()));
  EXPECT_TRUE(is_evaluator("kubernetes-rules"));
  // Rules of another form count for nothing.
  EXPECT_EQ(
      judged(R"({"resourceRules":[1,{"verbs":"*"},{"verbs":[1]}]})").level,
      Level::none);
}

}  // namespace
}  // namespace overreach
