#include "scanner/core/environment.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

using Class = EnvironmentClass;

struct Case {
  const char* name;
  Class means;
};

TEST(LabelOfName, Words) {
  const Case cases[] = {
      {"production", Class::production},
      {"prod", Class::production},
      {"us-prod-east-2", Class::production},
      {"acme-prod-2", Class::production},
      {"myapp_production", Class::production},
      {"protocol_prod", Class::production},
      {"prodDb", Class::production},
      {"db01prd", Class::production},
      {"gprd", Class::production},
      {"app-live", Class::production},
      {"producao_dashboard_db", Class::production},
      {"PROD_DATABASE_URL", Class::production},
      {"PRODUCTION_AWS_ACCESS_KEY_ID", Class::production},
      {"staging", Class::staging},
      {"STAGING_DB_HOST", Class::staging},
      {"blue-kit-stage", Class::staging},
      {"preprod-eu", Class::staging},
      {"uat", Class::staging},
      {"myapp_test", Class::test},
      {"qa-env-2", Class::test},
      {"e2e-db", Class::test},
      {"dbE2E", Class::test},
      {"my-dev-box", Class::development},
      {"development", Class::development},
      {"preview", Class::preview},
      {"nonprod", Class::nonprod},
  };
  for (const auto& [name, means] : cases) {
    EXPECT_EQ(label_of_name(name).value, means) << name;
    EXPECT_EQ(environment_of_name(name), means) << name;
  }
}

TEST(LabelOfName, PartsOfOtherWordsSayNothing) {
  for (const char* const name : {"product",
                                 "product_catalog",
                                 "products-api",
                                 "reproduction_fixtures",
                                 "reproduce",
                                 "producer",
                                 "devprod",
                                 "prodpad",
                                 "productledger",
                                 "prodx_pos",
                                 "NEXT_PUBLIC_PRODUCT_ID",
                                 "delivery",
                                 "alive",
                                 "keepalive",
                                 "liveness",
                                 "stages",
                                 "backstage",
                                 "latest",
                                 "attest",
                                 "protest",
                                 "contest",
                                 "testnet",
                                 "device",
                                 "devops",
                                 "previews",
                                 "MON-B-MTEST",
                                 "domain",
                                 "maintenance",
                                 "main",
                                 "main-db",
                                 "developer",
                                 "STRIPE_SECRET_KEY",
                                 "e2etc",
                                 "",
                                 "1234"}) {
    EXPECT_EQ(label_of_name(name).value, Class::unknown) << name;
  }
}

TEST(LabelOfName, NeighboursTurnWords) {
  const Case cases[] = {
      {"pre-prod", Class::staging},
      {"preProduction", Class::staging},
      {"prod-like", Class::staging},
      {"non-prod", Class::nonprod},
      {"NOT_PRODUCTION", Class::nonprod},
      {"post-production-video", Class::unknown},
      {"prod_copy", Class::unknown},
      {"production-ready", Class::unknown},
      {"live-reload", Class::unknown},
      {"live_stream_key", Class::unknown},
      {"dev-tools", Class::unknown},
      {"testData", Class::unknown},
      {"test_helpers", Class::unknown},
  };
  for (const auto& [name, means] : cases) {
    EXPECT_EQ(label_of_name(name).value, means) << name;
  }
}

TEST(LabelOfName, OfTwoTheHarmlessOneCountsWeakly) {
  for (const char* const name :
       {"prod-staging", "staging-prod", "qa-of-production", "prod-uat"}) {
    const EnvironmentLabel label = label_of_name(name);
    EXPECT_TRUE(label.is_elsewhere()) << name;
    EXPECT_EQ(label.strength, 1) << name;
  }
  // A word that is only a hint does not outweigh a sure one.
  EXPECT_TRUE(label_of_name("prod_review_service").is_production());
}

TEST(LabelOfName, Strength) {
  EXPECT_EQ(label_of_name("acme-production").strength, 3);
  EXPECT_EQ(label_of_name("acme-prd").strength, 2);
  EXPECT_EQ(label_of_name("acme-live").strength, 1);
  EXPECT_EQ(label_of_name("acme").strength, 0);
  EXPECT_TRUE(label_of_name("prod-replica").is_read_only);
  EXPECT_FALSE(label_of_name("prod-main").is_read_only);
}

TEST(LabelOfEnvironment, TrustsWordsThatMeanOtherThingsElsewhere) {
  for (const auto& [name, means] :
       {Case{"live", Class::production}, Case{"ci", Class::test},
        Case{"stage", Class::staging}, Case{"demo", Class::preview},
        Case{"local", Class::local}, Case{"prod-2", Class::production}}) {
    EXPECT_EQ(label_of_environment(name).value, means) << name;
    EXPECT_EQ(label_of_environment(name).strength, 3) << name;
  }
  EXPECT_EQ(label_of_environment("us-east").strength, 0);
  EXPECT_EQ(label_of_environment("live-reload").strength, 0);
}

TEST(LabelOfBranch, MainIsProductions) {
  EXPECT_TRUE(label_of_branch("main").is_production());
  EXPECT_TRUE(label_of_branch("release").is_production());
  EXPECT_EQ(label_of_branch("maintenance").value, Class::unknown);
  EXPECT_EQ(label_of_branch("staging").value, Class::staging);
}

}  // namespace
}  // namespace overreach
