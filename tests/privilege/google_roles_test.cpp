// Predefined roles of Google Cloud: what the table says of them, against what
// Google's documentation says in words (docs.cloud.google.com/iam/docs/roles-
// permissions), and what that comes to.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/google_operations.h"
#include "scanner/privilege/google_role.h"
#include "scanner/privilege/reply.h"
#include "scanner/privilege/tables/google_roles.h"

namespace overreach {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(GoogleRole, HoldsWhatGoogleSays) {
  struct Case {
    const char* role;
    const char* permission;
    bool holds;
  };
  constexpr Case kCases[] = {
      {"roles/owner", "resourcemanager.projects.setIamPolicy", true},
      {"roles/owner", "resourcemanager.projects.delete", true},
      {"roles/editor", "resourcemanager.projects.setIamPolicy", false},
      {"roles/editor", "resourcemanager.projects.delete", false},
      {"roles/editor", "iam.serviceAccounts.actAs", true},
      {"roles/editor", "cloudsql.instances.delete", true},
      {"roles/storage.admin", "storage.buckets.delete", true},
      {"roles/storage.objectAdmin", "storage.objects.delete", true},
      {"roles/storage.objectAdmin", "storage.buckets.delete", false},
      {"roles/storage.objectCreator", "storage.objects.delete", false},
      {"roles/cloudsql.admin", "cloudsql.backupRuns.delete", true},
      {"roles/cloudsql.editor", "cloudsql.instances.delete", false},
      {"roles/iam.serviceAccountUser", "iam.serviceAccounts.actAs", true},
      {"roles/iam.serviceAccountTokenCreator",
       "iam.serviceAccounts.getAccessToken", true},
      {"roles/iam.serviceAccountKeyAdmin", "iam.serviceAccountKeys.create",
       true},
      {"roles/resourcemanager.projectIamAdmin",
       "resourcemanager.projects.setIamPolicy", true},
      {"roles/redis.admin", "redis.instances.delete", true},
      {"roles/spanner.databaseAdmin", "spanner.databases.drop", true},
  };
  for (const Case& c : kCases) {
    const auto role = google_role(c.role);
    ASSERT_TRUE(role) << c.role;
    const auto& all = role->permissions;
    EXPECT_EQ(std::find(all.begin(), all.end(), c.permission) != all.end(),
              c.holds)
        << c.role << " " << c.permission;
  }
}

TEST(GoogleRole, TellsReadingFromWriting) {
  for (const char* name :
       {"roles/viewer", "roles/storage.objectViewer", "roles/browser"}) {
    ASSERT_TRUE(google_role(name)) << name;
    EXPECT_FALSE(google_role(name)->writes) << name;
    EXPECT_THAT(google_role(name)->permissions, IsEmpty()) << name;
  }
  EXPECT_TRUE(google_role("roles/pubsub.publisher")->writes);
  EXPECT_THAT(google_role("roles/pubsub.publisher")->permissions, IsEmpty());
}

TEST(GoogleRole, KnowsPredefinedRolesOnly) {
  for (const char* name :
       {"", "roles/", "owner", "roles/storage", "roles/storage.nobody",
        "projects/acme/roles/storage.admin", "roles/.owner",
        "roles/run.serviceAgent"}) {
    EXPECT_FALSE(google_role(name)) << name;
  }
}

TEST(GoogleRoleTable, IsSorted) {
  for (const auto services : {google_permissions(), google_roles()}) {
    EXPECT_TRUE(std::is_sorted(
        services.begin(), services.end(),
        [](const auto& a, const auto& b) { return a.name < b.name; }));
  }
}

// Each of our words of harm is about a permission that Google has.
TEST(GoogleOperations, Exist) {
  for (const GoogleOperation& row : google_destructive_operations()) {
    bool is_known = is_google_permission(row.permission);
    for (const GoogleService& service : google_permissions()) {
      for (const std::string& rest : split_text(service.text, " \n")) {
        is_known =
            is_known || row.covers(std::string(service.name) + "." + rest);
      }
    }
    EXPECT_TRUE(is_known) << row.permission;
  }
  EXPECT_FALSE(is_google_permission("storage.buckets.deleteAll"));
  EXPECT_FALSE(is_google_permission("storage"));
}

std::optional<Evaluated> with_roles(const std::vector<std::string>& bindings) {
  Variables known;
  for (const std::string& text : bindings) known.add("bindings", text);
  return evaluate("google-roles", known);
}

std::vector<std::string> operations(const Evaluated& result) {
  std::vector<std::string> names;
  for (const Power& power : result.powers) names.push_back(power.operation);
  return names;
}

TEST(GoogleRoles, Levels) {
  struct Case {
    std::vector<std::string> bindings;
    Level level;
  };
  const Case cases[] = {
      {{"shop roles/owner"}, Level::root},
      {{"shop roles/editor"}, Level::root},
      {{"shop roles/iam.serviceAccountTokenCreator"}, Level::root},
      {{"shop roles/iam.serviceAccountUser", "shop roles/run.developer"},
       Level::root},
      {{"shop roles/iam.serviceAccountUser", "blog roles/run.developer"},
       Level::destructive},
      {{"shop roles/iam.serviceAccountUser"}, Level::write},
      {{"shop roles/memcache.admin"}, Level::destructive},
      {{"shop roles/pubsub.publisher"}, Level::write},
      {{"shop roles/viewer"}, Level::read},
  };
  for (const Case& c : cases) {
    const auto result = with_roles(c.bindings);
    ASSERT_TRUE(result) << c.bindings.front();
    EXPECT_EQ(to_string(result->level), to_string(c.level))
        << c.bindings.front() << ": " << result->why;
    EXPECT_EQ(result->evidence, Evidence::declared);
  }
}

TEST(GoogleRoles, PowersNameTheirProjects) {
  const auto result = with_roles({"shop-prod roles/storage.admin",
                                  "shop-dev roles/storage.objectAdmin",
                                  "shop-dev roles/storage.objectUser"});
  ASSERT_TRUE(result);
  EXPECT_THAT(operations(*result), Contains("storage.buckets.delete"));
  EXPECT_THAT(operations(*result), Not(Contains("compute.disks.delete")));
  for (const Power& power : result->powers) {
    EXPECT_EQ(power.resources.size(),
              power.operation == "storage.objects.delete" ? 2u : 1u);
  }
  EXPECT_THAT(result->why, HasSubstr("shop-"));
  EXPECT_THAT(result->why, HasSubstr("roles/storage."));
}

TEST(GoogleRoles, ARoleOnAConditionIsInferred) {
  Variables known;
  known.add("bindings", "shop roles/viewer");
  known.add("bindings", "shop roles/cloudsql.admin");
  known.add("conditional_bindings", "shop roles/cloudsql.admin");
  const auto result = evaluate("google-roles", known);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->level, Level::destructive);
  EXPECT_EQ(result->evidence, Evidence::inferred);
  EXPECT_THAT(result->why, HasSubstr("on a condition"));
  EXPECT_EQ(result->powers.front().evidence, Evidence::inferred);
}

TEST(GoogleRoles, WhatIsNotKnownIsSaid) {
  const auto result =
      with_roles({"shop roles/viewer", "shop projects/shop/roles/releases"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->level, Level::read);
  EXPECT_THAT(result->why,
              HasSubstr("what projects/shop/roles/releases holds"));
  EXPECT_FALSE(with_roles({"shop projects/shop/roles/releases"}));
  EXPECT_FALSE(with_roles({}));
}

}  // namespace
}  // namespace overreach
