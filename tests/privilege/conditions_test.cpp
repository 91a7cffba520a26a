#include "scanner/privilege/conditions.h"

#include <gtest/gtest.h>

#include <map>

namespace overreach {
namespace {

std::vector<std::string> values(std::string_view name) {
  static const std::map<std::string_view, std::vector<std::string>> kKnown = {
      {"user", {"ok"}},
      {"scopes", {"repo", "read:org", "arn:aws:iam::1:role/a"}},
      {"role", {"MEMBER"}},
      {"count", {"7"}},
      {"mine", {"read:org", "z"}},
      {"text", {"Your token is INVALID"}},
      {"disk", {"/groups/Shop/disks/a"}},
      {"locked", {"/groups/blog", "/groups/shop/"}},
      {"other", {"/groups/sho", "/groups/shop/disks/a/b"}},
  };
  const auto at = kKnown.find(name);
  return at == kKnown.end() ? std::vector<std::string>{} : at->second;
}

TEST(Conditions, Hold) {
  for (const char* text :
       {"user is ok", "scopes has repo", "scopes has read:*",
        "scopes has arn:*:role/*", "role in OWNER|MEMBER", "count above 6",
        "scopes shares mine", "text contains invalid", "user exists",
        "not owner exists", "scopes lacks admin:*", "owner lacks x",
        "not role is ADMIN", "disk under locked", "disk under disk"}) {
    EXPECT_TRUE(holds(*parse_condition(text), values)) << text;
  }
}

TEST(Conditions, DoNotHold) {
  for (const char* text :
       {"user is denied", "scopes has rep", "scopes lacks read:*",
        "role in OWNER|MEMBERS", "count above 7", "role shares mine",
        "text contains valid token", "owner exists", "owner is x",
        "not user is ok", "owner above 1", "disk under other",
        "disk under owner", "owner under locked"}) {
    EXPECT_FALSE(holds(*parse_condition(text), values)) << text;
  }
}

TEST(Conditions, NoGlobsAreForEveryRule) {
  EXPECT_TRUE(is_for({}, "acme-key"));
  EXPECT_TRUE(is_for({"acme-*"}, "acme-key"));
  EXPECT_FALSE(is_for({"acme-old-*", "other"}, "acme-key"));
}

}  // namespace
}  // namespace overreach
