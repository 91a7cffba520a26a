// Role assignments of Azure.  The roles are built-in ones, with their real
// names and actions (some left out), as learn.microsoft.com/azure/
// role-based-access-control/built-in-roles lists them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scanner/privilege/azure_permission.h"
#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/tables/azure_roles.h"

namespace overreach {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string kSubscription = "/subscriptions/11111111-aaaa";
const std::string kGroup = kSubscription + "/resourceGroups/shop-prod";
const std::string kResource =
    kGroup + "/providers/Microsoft.Storage/storageAccounts/invoices";

constexpr std::string_view kOwner =
    R"([{"actions":["*"],"notActions":[],"dataActions":[]}])";
constexpr std::string_view kContributor =
    R"([{"actions":["*"],"notActions":["Microsoft.Authorization/*/Delete",
    "Microsoft.Authorization/*/Write",
    "Microsoft.Authorization/elevateAccess/Action"]}])";
constexpr std::string_view kReader = R"([{"actions":["*/read"]}])";
constexpr std::string_view kAccessAdministrator =
    R"([{"actions":["*/read","Microsoft.Authorization/*",
    "Microsoft.Support/*"]}])";
constexpr std::string_view kMonitoringReader =
    R"([{"actions":["*/read",
    "Microsoft.OperationalInsights/workspaces/search/action",
    "Microsoft.Support/*"]}])";
constexpr std::string_view kBlobReader =
    R"([{"actions":["Microsoft.Storage/storageAccounts/blobServices/containers/read",
    "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action"],
    "dataActions":["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"]}])";
constexpr std::string_view kBlobContributor =
    R"([{"actions":["Microsoft.Storage/storageAccounts/blobServices/containers/write"],
    "dataActions":["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"]}])";
constexpr std::string_view kMetricsPublisher =
    R"([{"actions":["Microsoft.Insights/Register/Action","Microsoft.Support/*"],
    "dataActions":["Microsoft.Insights/Metrics/Write"]}])";

std::optional<Evaluated> with_role(const std::string& scope,
                                   std::string_view permissions) {
  Variables known;
  known.add("assignments", scope +
                               " /subscriptions/1/providers/Microsoft."
                               "Authorization/roleDefinitions/ABCD");
  known.add("definitions", "abcd " + std::string(permissions));
  return evaluate("azure-rbac", known);
}

std::vector<std::string> operations(const Evaluated& result) {
  std::vector<std::string> names;
  for (const Power& power : result.powers) names.push_back(power.operation);
  return names;
}

TEST(AzureRbac, Levels) {
  struct Case {
    std::string scope;
    std::string_view permissions;
    Level level;
  };
  const Case cases[] = {
      {kSubscription, kOwner, Level::root},
      {"/", kOwner, Level::root},
      {"/providers/Microsoft.Management/managementGroups/acme", kOwner,
       Level::root},
      {kGroup, kOwner, Level::root},
      {kResource, kOwner, Level::destructive},
      {kSubscription, kContributor, Level::destructive},
      {kSubscription, kAccessAdministrator, Level::root},
      {kSubscription, kReader, Level::read},
      {kSubscription, kMonitoringReader, Level::read},
      {kResource, kBlobReader, Level::read},
      {kResource, kBlobContributor, Level::destructive},
      {kSubscription, kMetricsPublisher, Level::write},
      {kSubscription, "[]", Level::none},
  };
  for (const Case& c : cases) {
    const auto result = with_role(c.scope, c.permissions);
    if (c.level == Level::none) {
      EXPECT_FALSE(result);
      continue;
    }
    ASSERT_TRUE(result) << c.permissions;
    EXPECT_EQ(to_string(result->level), to_string(c.level))
        << c.scope << " " << c.permissions << ": " << result->why;
  }
}

TEST(AzureRbac, WhatARoleLeavesOutIsNoPower) {
  const auto blobs = with_role(kResource, kBlobContributor);
  EXPECT_THAT(operations(*blobs),
              Contains("Microsoft.Storage/storageAccounts/blobServices/"
                       "containers/blobs/delete"));
  EXPECT_THAT(operations(*blobs),
              Not(Contains("Microsoft.Storage/storageAccounts/delete")));
  // A control-plane wildcard is no right on the data.
  EXPECT_THAT(operations(*with_role(kSubscription, kContributor)),
              Not(Contains("Microsoft.KeyVault/vaults/secrets/purge/action")));
}

TEST(AzureRbac, PowersHoldInTheScopeOnly) {
  const auto group = with_role(kGroup, kContributor);
  ASSERT_FALSE(group->powers.empty());
  EXPECT_EQ(group->powers[0].resources[0].name, kGroup + "/*");
  EXPECT_THAT(group->why, HasSubstr("the resource group shop-prod"));
  EXPECT_TRUE(with_role("/", kContributor)->powers[0].resources.empty());
}

TEST(AzureRbac, RolesAddUp) {
  Variables known;
  known.add("assignments", kSubscription + " /x/reader");
  known.add("assignments", kGroup + " /x/contributor");
  known.add("assignments", kGroup + " /x/hidden");
  known.add("definitions", "reader " + std::string(kReader));
  known.add("definitions", "contributor " + std::string(kContributor));
  const auto result = evaluate("azure-rbac", known);
  EXPECT_EQ(result->level, Level::destructive);
  EXPECT_EQ(result->powers[0].resources.size(), 1u);
  EXPECT_THAT(result->why, HasSubstr("1 of its roles could not be read"));
}

// A condition may say which roles it gives, so it is not taken for every role.
TEST(AzureRbac, AConditionLimitsWhatItGives) {
  Variables known;
  known.add("assignments", kSubscription + " /x/rbac");
  known.add("conditional_assignments", kSubscription + " /x/rbac");
  known.add("definitions", "rbac " + std::string(kAccessAdministrator));
  // Its second way, to change what its own role allows, knows no condition.
  EXPECT_EQ(evaluate("azure-rbac", known)->level, Level::root);
  known.erase("definitions");
  known.add(
      "definitions",
      R"(rbac [{"actions":["Microsoft.Authorization/roleAssignments/write",
            "*/read"]}])");
  EXPECT_EQ(evaluate("azure-rbac", known)->level, Level::write);
  known.erase("conditional_assignments");
  EXPECT_EQ(evaluate("azure-rbac", known)->level, Level::root);
}

TEST(AzureRbac, PermissionsOfAGroupAreEnough) {
  Variables known;
  known.add("group_permissions",
            kGroup + " " + R"({"actions":["Microsoft.Compute/disks/*"]})");
  const auto result = evaluate("azure-rbac", known);
  EXPECT_EQ(result->level, Level::destructive);
  EXPECT_THAT(operations(*result), Contains("Microsoft.Compute/disks/delete"));
}

// A condition inside a built-in role limits it like one of its assignment.
TEST(AzureRbac, ARoleMayHoldOnAConditionOnly) {
  Variables known;
  known.add("assignments", kSubscription + " /x/giver");
  known.add(
      "definitions",
      R"(giver [{"actions":["Microsoft.Authorization/roleAssignments/write"],
            "condition":"@Request[x] ForAnyOfAnyValues:GuidEquals{1}"}])");
  EXPECT_EQ(evaluate("azure-rbac", known)->level, Level::write);
}

// Ids: learn.microsoft.com/azure/role-based-access-control/built-in-roles
std::optional<Evaluated> with_builtin_role(const std::string& id) {
  Variables known;
  known.add("assignments", kSubscription + " /subscriptions/1/providers/" +
                               "Microsoft.Authorization/roleDefinitions/" + id);
  return evaluate("azure-rbac", known);
}

TEST(AzureRbac, BuiltInRolesAreKnownWithoutAsking) {
  struct Case {
    const char* name;
    const char* id;
    Level level;
  };
  constexpr Case kCases[] = {
      {"Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", Level::root},
      {"Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c",
       Level::destructive},
      {"Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", Level::read},
      {"User Access Administrator", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
       Level::root},
      {"Role Based Access Control Administrator",
       "F58310D9-A9F6-439A-9E8D-F62E7B41A168", Level::root},
      {"Key Vault Data Access Administrator",
       "8b54135c-b56d-4d72-a534-26097cfdc8d8", Level::destructive},
      {"Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
       Level::destructive},
      {"Storage Blob Data Reader", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
       Level::read},
      {"Monitoring Metrics Publisher", "3913510d-42f4-4e42-8a64-420c390055eb",
       Level::write},
  };
  for (const Case& c : kCases) {
    const auto role = azure_builtin_role(c.id);
    ASSERT_TRUE(role) << c.name;
    EXPECT_EQ(role->name, c.name);
    const auto result = with_builtin_role(c.id);
    ASSERT_TRUE(result) << c.name;
    EXPECT_EQ(to_string(result->level), to_string(c.level))
        << c.name << ": " << result->why;
    EXPECT_EQ(result->evidence, Evidence::declared);
  }
  EXPECT_FALSE(with_builtin_role("00000000-0000-0000-0000-000000000000"));
}

TEST(AzureRbac, BuiltInRolesLeaveOutWhatAzureSays) {
  const auto sql = with_builtin_role("9b7fa17d-e63e-47b0-bb0a-15c516ac86ec");
  ASSERT_TRUE(sql);  // SQL DB Contributor
  EXPECT_THAT(operations(*sql),
              Contains("Microsoft.Sql/servers/databases/delete"));
  EXPECT_THAT(operations(*sql), Not(Contains("Microsoft.Sql/servers/delete")));
  // A definition that was read counts more than the table.
  Variables known;
  known.add("assignments",
            kSubscription + " /x/9B7FA17D-E63E-47B0-BB0A-15C516AC86EC");
  known.add("definitions",
            "9b7fa17d-e63e-47b0-bb0a-15c516ac86ec " + std::string(kReader));
  EXPECT_EQ(evaluate("azure-rbac", known)->level, Level::read);
}

TEST(AzureRoleTable, IsSorted) {
  const auto roles = azure_roles();
  EXPECT_TRUE(std::is_sorted(
      roles.begin(), roles.end(),
      [](const AzureRole& a, const AzureRole& b) { return a.id < b.id; }));
}

TEST(AzureRbac, NothingToJudgeBy) {
  Variables known;
  EXPECT_FALSE(evaluate("azure-rbac", known));
  known.add("assignments", kSubscription + " /x/hidden");
  EXPECT_FALSE(evaluate("azure-rbac", known));
  known.add("group_permissions", kGroup + " not json");
  known.add("definitions", "hidden {}");
  EXPECT_FALSE(evaluate("azure-rbac", known));
}

}  // namespace
}  // namespace overreach
