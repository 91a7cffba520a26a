#include "scanner/environment/place.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

using Class = EnvironmentClass;

TEST(LabelOfPath, Environments) {
  const std::pair<const char*, Class> cases[] = {
      {".env.production", Class::production},
      {"web/.env.production.local", Class::production},
      {".env.test", Class::test},
      {".env.ci", Class::test},
      {".env.local", Class::local},
      {".vercel/.env.production.local", Class::production},
      {"config/staging.env", Class::staging},
      {".dev.vars", Class::development},
      {".dev.vars.staging", Class::staging},
      {"config/environments/production.rb", Class::production},
      {"config/credentials/production.key", Class::production},
      {"app/settings/production.py", Class::production},
      {"gateway/staging_settings.py", Class::staging},
      {"src/main/resources/application-prod.yml", Class::production},
      {"src/test/resources/application.yml", Class::test},
      {"appsettings.Staging.json", Class::staging},
      {"build/sharedSettings.Production.json", Class::production},
      {"config/production.json", Class::production},
      {"docker-compose.staging.yml", Class::staging},
      {"compose.prod.yaml", Class::production},
      {"chart/values-prod.yaml", Class::production},
      {"k8s/overlays/prod/deployment.yaml", Class::production},
      {"infra/envs/live/rds.tf", Class::production},
      {"prod.auto.tfvars", Class::production},
      {"live/acct/eu-west-1/prod/terragrunt.hcl", Class::production},
      {"Pulumi.dev.yaml", Class::development},
      {"fly.staging.toml", Class::staging},
      {"inventories/production/hosts", Class::production},
      {"group_vars/production.yml", Class::production},
      {"config/packages/prod/doctrine.yaml", Class::production},
      {"deploy/prod/.env", Class::production},
      {"k8s/staging/secret.yaml", Class::staging},
      {"phpunit.xml.dist", Class::test},
      {".github/workflows/deploy-staging.yml", Class::staging},
  };
  for (const auto& [path, means] : cases) {
    const PlaceLabel label = label_of_path(path);
    EXPECT_EQ(label.environment.value, means) << path;
    EXPECT_GE(label.environment.strength, 2) << path;
    EXPECT_FALSE(label.origin.empty()) << path;
  }
}

TEST(LabelOfPath, NothingElse) {
  for (const char* const path :
       {".env", ".env.product", "appsettings.product.json",
        "tfvars/password.tfvars", "values-us-east.yaml", "config/latest.json",
        "config/model.json", "test/java/FooTest.java", "docs/production.md",
        "prod/main.go", "config/credentials/contest.key", "reproduction.env",
        "fly.toml", "src/production/line.ts", ""}) {
    EXPECT_EQ(label_of_path(path).environment.value, Class::unknown) << path;
  }
}

TEST(LabelOfPath, WhoLoadsIt) {
  EXPECT_EQ(label_of_path(".env").loaded_by, LoadedBy::every_process);
  EXPECT_EQ(label_of_path(".env.local").loaded_by,
            LoadedBy::outside_production);
  EXPECT_EQ(label_of_path(".env.test").loaded_by, LoadedBy::outside_production);
  EXPECT_EQ(label_of_path(".env.production").loaded_by, LoadedBy::those_told);
  for (const char* const base : {"appsettings.json", "config/default.json",
                                 "src/main/resources/application.properties"}) {
    EXPECT_EQ(label_of_path(base).loaded_by, LoadedBy::every_environment);
    EXPECT_FALSE(label_of_path(base).is_template) << base;
  }
  EXPECT_TRUE(label_of_path("examples/config/default.json").is_template);
  EXPECT_EQ(label_of_path("deploy/prod/.env").loaded_by, LoadedBy::those_told);
}

TEST(IsTemplatePath, ExamplesAndOtherPeoplesCode) {
  for (const char* const path :
       {".env.example", "docs/a.yml", "x/testdata/prod.env",
        "node_modules/a/.env.production", "settings.sample.py"}) {
    EXPECT_TRUE(is_template_path(path)) << path;
  }
  for (const char* const path : {".env.production", "config/prod.yml", "a"}) {
    EXPECT_FALSE(is_template_path(path)) << path;
  }
}

}  // namespace
}  // namespace overreach
