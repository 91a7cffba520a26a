#include "scanner/pipeline/gitleaks_ignore.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/match/matching.h"

namespace overreach {
namespace {

const std::string kCommit = "0123456789abcdef0123456789abcdef01234567";
const std::string kOtherCommit = "f" + kCommit.substr(1);

TEST(GitleaksIgnore, PathAndLineDecideAndRulesOfOurs) {
  GitleaksIgnore ignore(all_rules());
  ignore.add(
      "# reviewed\n\nnot a fingerprint\na:b\nx.env:rule:notanumber\n"
      "a.env:generic-api-key:3\r\n"
      "./b.env:github-classic-pat:4  \n"
      "dir/odd:name.env:generic-api-key:5\n" +
          kCommit + ":c.env:generic-api-key:6",
      "", "");
  const struct {
    std::string_view path;
    std::uint32_t line;
    std::string_view rule, commit;
    bool expected;
  } cases[] = {
      {"a.env", 3, "npm-access-token", "", true},  // a name of gitleaks'
      {"a.env", 4, "npm-access-token", "", false},
      {"sub/a.env", 3, "npm-access-token", "", false},
      {"b.env", 4, "github-classic-pat", "", true},
      {"b.env", 4, "npm-access-token", "", false},  // another of ours
      {"dir/odd:name.env", 5, "npm-access-token", "", true},
      {"c.env", 6, "npm-access-token", "", true},
      {"c.env", 6, "npm-access-token", kCommit, true},
      {"c.env", 6, "npm-access-token", kOtherCommit, false},
      {"x.env", 0, "npm-access-token", "", false},
  };
  for (const auto& c : cases) {
    Place place;
    place.path = c.path;
    place.line = c.line;
    place.commit = c.commit;
    EXPECT_EQ(ignore.allows(place, c.rule), c.expected)
        << c.path << ":" << c.line << " " << c.rule << " " << c.commit;
  }
}

TEST(GitleaksIgnore, PathsAsTheTargetNamesThem) {
  GitleaksIgnore ignore(all_rules());
  ignore.add("src/a.env:any:1\nlib/a.env:any:1\n", "src/", "./src/");
  Place place;
  place.path = "./src/a.env";
  EXPECT_TRUE(ignore.allows(place, "npm-access-token"));
  place.path = "./src/lib/a.env";
  EXPECT_FALSE(ignore.allows(place, "npm-access-token"));
}

TEST(GitleaksIgnore, FilesThatAreNotThere) {
  GitleaksIgnore ignore(all_rules());
  ignore.read("/no/such/folder", "", "");
  EXPECT_FALSE(ignore.allows(Place(), "npm-access-token"));
}

}  // namespace
}  // namespace overreach
