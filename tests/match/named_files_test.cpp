// Files that are a secret by their name, as `paths` of the rules say.
#include "scanner/match/named_files.h"

#include <gtest/gtest.h>

#include <string>

#include "scanner/base/text.h"

namespace overreach {
namespace {

RuleSet rules_for(std::vector<std::string_view> paths) {
  RuleSet rules;
  TokenRule other;
  other.id = "other";
  other.paths = {"*"};  // of a name, not of a file
  TokenRule rule;
  rule.id = "acme-key-file";
  rule.finder = Finder::file;
  rule.paths = std::move(paths);
  rules.tokens = {other, rule};
  return rules;
}

std::size_t count_of(const RuleSet& rules, std::string_view path) {
  return NamedFiles(rules).of(path, file_name(path)).size();
}

TEST(NamedFiles, AreFoundInAnyFolder) {
  const RuleSet rules = rules_for({"**/*.p12", "**/config/master.key"});
  for (const std::string_view path :
       {"a.p12", "x/y/a.p12", "config/master.key", "app/config/master.key"}) {
    EXPECT_EQ(count_of(rules, path), 1u) << path;
  }
  for (const std::string_view path :
       {"a.p12.txt", "ap12", "master.key", "app/master.key", "a.p12/readme",
        "myconfig/master.key", "config/x/master.key", ""}) {
    EXPECT_EQ(count_of(rules, path), 0u) << path;
  }
}

TEST(NamedFiles, AreFoundOnceAndWithAnyEnd) {
  const RuleSet rules = rules_for({"id_*", "*_[a-c]", "id_rsa", "keys/*.?"});
  for (const std::string_view path : {"id_rsa", "x/id_9", "u_b", "keys/a.k"}) {
    EXPECT_EQ(count_of(rules, path), 1u) << path;
  }
  for (const std::string_view path : {"rid_", "u_d", "keys/x/a.k"}) {
    EXPECT_EQ(count_of(rules, path), 0u) << path;
  }
}

}  // namespace
}  // namespace overreach
