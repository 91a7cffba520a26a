#include "scanner/crossing/terraform.h"

#include <gtest/gtest.h>

#include "tests/crossing/files.h"

namespace overreach {
namespace {

TEST(TerraformPath, Parts) {
  const TerraformPath resource =
      terraform_path("resource.aws_db_instance.main.lifecycle.prevent_destroy");
  EXPECT_EQ(resource.type, "aws_db_instance");
  EXPECT_EQ(resource.rest, "lifecycle.prevent_destroy");
  EXPECT_EQ(resource.resource(), "aws_db_instance.main");
  EXPECT_EQ(terraform_path("module.db.force_destroy").resource(), "module.db");
  EXPECT_EQ(terraform_path("inputs.force_destroy").resource(), "inputs");
  EXPECT_TRUE(terraform_path("variable.force_destroy.default").type.empty());
  EXPECT_TRUE(terraform_path("").type.empty());
}

TEST(TerraformResources, TheirEntries) {
  FileMaker maker("main.tf"), example("examples/main.tf");
  maker.literal("resource.aws_s3_bucket.a.bucket", "x")
      .setting("resource.aws_s3_bucket.a.versioning.enabled", "true")
      .literal("resource.aws_s3_bucket.b.bucket", "y")
      .literal("provider.aws.region", "eu-west-1");
  example.literal("resource.aws_s3_bucket.c.bucket", "z");
  const std::vector<LabelledFile> files = labelled({&example, &maker});
  const std::vector<TerraformResource> all = terraform_resources(files);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].text(), "aws_s3_bucket.a");
  EXPECT_EQ(all[0].value("bucket"), "x");
  EXPECT_TRUE(all[0].has("versioning"));
  EXPECT_FALSE(all[0].has("version"));
  EXPECT_EQ(all[1].value("versioning.enabled"), "");
}

TEST(LabelOfFolders, TheInnermostThatIsCalledAsAnEnvironment) {
  EXPECT_TRUE(label_of_folders("infra/prod/app/rds.tf").is_production());
  EXPECT_TRUE(label_of_folders("nonprod/dev/rds.tf").is_elsewhere());
  EXPECT_TRUE(label_of_folders("prod/staging/rds.tf").is_elsewhere());
  for (const char* const path :
       {"rds.tf", "product/rds.tf", "prod-tools/rds.tf", "live/rds.tf",
        "a/prod.tf"}) {
    EXPECT_FALSE(label_of_folders(path)) << path;
  }
}

TEST(IsInModule, ByItsFolders) {
  EXPECT_TRUE(is_in_module("modules/db/main.tf"));
  EXPECT_TRUE(is_in_module("infra/modules/db/main.tf"));
  EXPECT_FALSE(is_in_module("infra/main.tf"));
  EXPECT_FALSE(is_in_module("my_modules/main.tf"));
}

}  // namespace
}  // namespace overreach
