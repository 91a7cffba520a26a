#include "scanner/cli/config_file.h"

#include <gtest/gtest.h>

#include <string>

namespace overreach {
namespace {

struct Case {
  std::string glob, seen;
};

TEST(ConfigFile, GlobsFitWhereTheyFitFromTheFile) {
  for (const auto& [glob, seen] : {Case{"vendor", "vendor"},
                                   {"/docs/*.md", "/docs/*.md"},
                                   {"!keep.txt", "!keep.txt"}}) {
    EXPECT_EQ(moved_glob(glob, "/r", "/r"), seen);
  }
  // Scanned is /r/a/b alone.
  for (const auto& [glob, seen] : {Case{"vendor", "vendor"},
                                   {"vendor/", "vendor/"},
                                   {"**/x/y", "**/x/y"},
                                   {"/vendor", ""},
                                   {"a/c/d", ""},
                                   {"a/b/c", "/c"},
                                   {"/a/b/c/", "/c/"},
                                   {"!a/b/c", "!/c"},
                                   {"a/bc/d", ""},
                                   {"a/*/c", ""}}) {
    EXPECT_EQ(moved_glob(glob, "/r", "/r/a/b"), seen) << glob;
  }
  // Scanned is all of /r, the file stands in /r/a.
  for (const auto& [glob, seen] : {Case{"vendor", "/a/**/vendor"},
                                   {"/vendor", "/a/vendor"},
                                   {"x/y", "/a/x/y"},
                                   {"**/x/y", "/a/**/**/x/y"},
                                   {"!vendor/", "!/a/**/vendor/"}}) {
    EXPECT_EQ(moved_glob(glob, "/r/a", "/r"), seen) << glob;
  }
  EXPECT_EQ(moved_glob("vendor", "/r/a", "/r/b"), "");
}

}  // namespace
}  // namespace overreach
