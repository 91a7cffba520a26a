// What kind of text a file holds, by its name.

#include "scanner/match/file_kind.h"

#include <gtest/gtest.h>

#include <string_view>

#include "tests/match/matching.h"

namespace overreach {
namespace {

TEST(KindOfFile, OfATemplateWhatItMakes) {
  struct Case {
    std::string_view path;
    FileKind kind;
  };
  constexpr Case kCases[] = {
      {"app.properties", FileKind::settings},
      {"templates/app.properties.erb", FileKind::settings},
      {"my.cnf.j2", FileKind::settings},
      {"run.sh.tmpl", FileKind::script},
      {"settings.py.bak", FileKind::code},
      {"page.html.erb", FileKind::markup},
      {"page.erb", FileKind::markup},
      {"notes.j2", FileKind::prose},
      {"README.md", FileKind::prose},
      {"Makefile", FileKind::script},
      {"Dockerfile", FileKind::script},
      {"dockerfile-utils.js", FileKind::code},
      {"LICENSE", FileKind::settings},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(static_cast<int>(kind_of_file(c.path)), static_cast<int>(c.kind))
        << c.path;
  }
}

TEST(KindOfFile, SettingsOfTemplatesAreRead) {
  EXPECT_EQ(found_in("app.properties.erb", "keystore.storepass = 81walnutX\n"),
            std::vector<std::string>{"generic-password 81walnutX"});
  EXPECT_TRUE(found_in("app.properties.erb", "keystore.storepass=<%= @pw %>\n")
                  .empty());
}

// A word without quotes is meant as it stands, in a script as in settings.
TEST(KindOfFile, WordsOfScriptsAreValues) {
  const MatchResult result =
      match_all("run.sh", "java -DkeyStorePassword=walnuttree \\\n");
  ASSERT_EQ(result.candidates.size(), 1u);
  EXPECT_EQ(result.candidates[0].confidence, Confidence::medium);
}

}  // namespace
}  // namespace overreach
