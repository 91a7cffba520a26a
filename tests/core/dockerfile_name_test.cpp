#include "scanner/core/dockerfile_name.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

TEST(DockerfileName, IsOneOrSpeaksOfOne) {
  for (const char* const name :
       {"dockerfile", "containerfile", "dockerfile.prod", "dockerfile.py",
        "dockerfile.node18", "dockerfile-api", "dockerfile_test",
        "dockerfile.prod.tmpl", "dockerfile-1.2", "api.dockerfile"}) {
    EXPECT_TRUE(is_dockerfile(name)) << name;
  }
  for (const char* const name :
       {"dockerfile-utils.js", "dockerfileparser.py", "dockerfiles",
        "dockerfile.test.ts", "dockerfile.md", "dockerfile.json",
        "dockerfile_lint.go", "my-dockerfile", "docker", "files.txt"}) {
    EXPECT_FALSE(is_dockerfile(name)) << name;
  }
}

}  // namespace
}  // namespace overreach
