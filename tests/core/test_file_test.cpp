#include "scanner/core/test_file.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string_view>

namespace overreach {
namespace {

TEST(IsTestFile, ByFolderOrName) {
  for (const std::string_view path : std::initializer_list<std::string_view>{
           "src/test/java/A.java", "spec/a.rb", "pkg/user_test.go",
           "app/test_user.py", "a/login.spec.ts", "x/UserTest.java",
           "src/Shop.IntegrationTests/A.cs", "t/lib/key.pem", "cpan/Foo/t/a.t",
           "a/__tests__/b.js"}) {
    EXPECT_TRUE(is_test_file(path)) << path;
  }
  for (const std::string_view path : std::initializer_list<std::string_view>{
           "src/latest.js", "src/contest/a.py", "attestation.go", "a.java",
           "src/t/a.js", "cart/a.js"}) {
    EXPECT_FALSE(is_test_file(path)) << path;
  }
}

}  // namespace
}  // namespace overreach
