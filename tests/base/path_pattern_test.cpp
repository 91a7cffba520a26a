#include "scanner/base/path_pattern.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

TEST(MatchPath, Patterns) {
  struct Case {
    const char *pattern, *path, *name;  // null: does not fit
  };
  const Case cases[] = {
      {".env.@", ".env.test", "test"},
      {".env.@", "a/b/.env.test", "test"},
      {".env.@", ".env.test.local", nullptr},
      {".env.@", ".env.9", nullptr},
      {"@.(yml|yaml)", "prod.yaml", "prod"},
      {"@(.auto|).tfvars", "prod.auto.tfvars", "prod"},
      {"@(.auto|).tfvars", "prod.tfvars", "prod"},
      {"values(.|-)@.yml", "values-us-east.yml", "us-east"},
      {"overlays/@/**", "k8s/overlays/prod/a/b.yaml", "prod"},
      {"overlays/@/**", "overlays/prod", nullptr},
      {"*/x", "a/b/x", ""},
      {"a*c", "abbc", ""},
      {"a*c", "abb", nullptr},
  };
  for (const auto& [pattern, path, name] : cases) {
    const auto at = match_path(pattern, path);
    ASSERT_EQ(at.has_value(), name != nullptr) << pattern << " " << path;
    if (name) {
      EXPECT_EQ(*at, name) << pattern << " " << path;
    }
  }
  EXPECT_EQ(match_path(".env.@.**", "env.staging.vars.A", '.'), "staging");
  EXPECT_FALSE(match_path(".env.@.**", "x.env.staging.vars.A", '.'));
}

}  // namespace
}  // namespace overreach
