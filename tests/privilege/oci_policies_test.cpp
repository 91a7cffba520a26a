// Statements of Oracle Cloud's policies, in the forms of its documentation:
// docs.oracle.com/iaas/Content/Identity/policysyntax/policy-syntax.htm

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/privilege/evaluate.h"

namespace overreach {
namespace {

Evaluated with(const char* statement) {
  Variables known;
  known.add("statements", statement);
  known.add("group_names", "StorageAdmins");
  known.add("group_ids", "ocid1.group.oc1..aaaa");
  return *evaluate("oci-policies", known);
}

TEST(OciPolicies, Levels) {
  constexpr std::pair<const char*, Level> kCases[] = {
      {"Allow group StorageAdmins to manage all-resources in tenancy",
       Level::root},
      {"ALLOW GROUP storageadmins TO MANAGE policies IN TENANCY", Level::root},
      {"Allow group 'Default'/'StorageAdmins' to manage users in tenancy",
       Level::root},
      {"Allow group id ocid1.group.oc1..aaaa to manage groups in tenancy",
       Level::root},
      {"Allow group A, StorageAdmins, B to manage volume-family in tenancy",
       Level::destructive},
      {"Allow group StorageAdmins to manage all-resources in compartment shop",
       Level::destructive},
      {"Allow group StorageAdmins to manage all-resources in tenancy where "
       "target.compartment.name = 'dev'",
       Level::destructive},
      {"Allow group StorageAdmins to use volumes in tenancy", Level::write},
      {"Allow group StorageAdmins to {VOLUME_READ, VOLUME_DELETE} in tenancy",
       Level::destructive},
      {"Allow group StorageAdmins to {VOLUME_READ} in compartment shop",
       Level::write},
      {"Allow any-user to read buckets in tenancy", Level::read},
      {"Allow group StorageAdmins to inspect users in tenancy", Level::read},
      {"Allow group Others to manage all-resources in tenancy", Level::unknown},
      {"Allow service blockstorage to use keys in tenancy", Level::unknown},
      {"Allow dynamic-group StorageAdmins to manage keys in tenancy",
       Level::unknown},
      {"Define tenancy Acceptor as ocid1.tenancy.oc1..b", Level::unknown},
      {"Allow group StorageAdmins to", Level::unknown},
      {"Allow group StorageAdmins to manage in tenancy", Level::unknown},
      {"Allow group StorageAdmins to manage volumes in", Level::unknown},
      {"", Level::unknown},
  };
  for (const auto& [statement, level] : kCases) {
    const Evaluated result = with(statement);
    EXPECT_EQ(to_string(result.level), to_string(level))
        << statement << ": " << result.why;
  }
}

TEST(OciPolicies, APlaceAndAConditionLimitThePower) {
  const Evaluated here = with(
      "Allow group StorageAdmins to manage volumes in compartment id x where "
      "request.user.name = 'a'");
  ASSERT_EQ(here.powers.size(), 1u);
  EXPECT_EQ(here.powers[0].operation, "DeleteVolume");
  EXPECT_EQ(here.powers[0].resources[0].name, "all in compartment x");
  EXPECT_EQ(here.powers[0].evidence, Evidence::inferred);
  EXPECT_THAT(here.why, testing::HasSubstr("under a condition"));
  const Evaluated all =
      with("Allow group StorageAdmins to manage volume-family in tenancy");
  EXPECT_EQ(all.powers.size(), 2u);
  EXPECT_TRUE(all.powers[0].resources.empty());
}

TEST(OciPolicies, NoStatementIsNoAnswer) {
  EXPECT_FALSE(evaluate("oci-policies", {}));
}

}  // namespace
}  // namespace overreach
