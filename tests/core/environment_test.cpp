#include "scanner/core/environment.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

using Class = EnvironmentClass;

TEST(EnvironmentOfName, Words) {
  const std::pair<const char*, Class> cases[] = {
      {"production", Class::production},
      {"acme-prod-2", Class::production},
      {"prodDb", Class::production},
      {"db01prd", Class::production},
      {"PROD_DATABASE_URL", Class::production},
      {"live", Class::production},
      {"staging", Class::staging},
      {"pre-prod", Class::staging},
      {"preprod-eu", Class::staging},
      {"uat", Class::staging},
      {"non-prod", Class::nonprod},
      {"nonprod", Class::nonprod},
      {"my-dev-box", Class::development},
      {"test", Class::test},
      {"prod-staging", Class::staging},  // the harmless one counts
      {"prod-copy", Class::unknown},
      {"live-reload", Class::unknown},
      {"post-production", Class::unknown},
      {"testData", Class::unknown},
      {"product", Class::unknown},
      {"reproduction", Class::unknown},
      {"developer", Class::unknown},
      {"latest", Class::unknown},
      {"main", Class::unknown},
      {"", Class::unknown},
      {"1234", Class::unknown},
  };
  for (const auto& [name, expected] : cases) {
    EXPECT_EQ(environment_of_name(name), expected) << name;
  }
}

}  // namespace
}  // namespace overreach
