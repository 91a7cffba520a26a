// Verdicts on what Vault and OpenBao say about a token.  The paths that every
// token has are those of an OpenBao 2.7.2 server.

#include "scanner/privilege/vault_acl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/privilege/evaluate.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct Paths {
  std::vector<std::pair<std::string, std::string>> exact, glob;
};

std::string members(
    const std::vector<std::pair<std::string, std::string>>& paths) {
  std::string text;
  for (const auto& [path, capabilities] : paths) {
    text += (text.empty() ? "\"" : ",\"") + path + R"(":{"capabilities":[)";
    for (std::size_t at = 0; at <= capabilities.size();) {
      const std::size_t end =
          std::min(capabilities.find(' ', at), capabilities.size());
      text +=
          (at == 0 ? "\"" : ",\"") + capabilities.substr(at, end - at) + "\"";
      at = end + 1;
    }
    text += "]}";
  }
  return text;
}

std::string reply(Paths paths) {
  for (const char* path : {"auth/token/renew-self", "auth/token/revoke-self",
                           "sys/capabilities-self", "sys/wrapping/wrap"}) {
    paths.exact.emplace_back(path, "update");
  }
  paths.exact.emplace_back("auth/token/lookup-self", "read");
  paths.glob.emplace_back("cubbyhole/", "create delete list read update");
  return R"({"request_id":"x","data":{"exact_paths":{)" + members(paths.exact) +
         R"(},"glob_paths":{)" + members(paths.glob) + R"(},"root":false}})";
}

Evaluated judged(const std::string& text) {
  Variables variables;
  variables.add("acl", text);
  return evaluate("vault-acl", variables).value();
}

std::vector<std::string> operations(const Evaluated& result) {
  std::vector<std::string> names;
  for (const Power& power : result.powers) names.push_back(power.operation);
  return names;
}

const char* const kAll = "create delete list patch read sudo update";

TEST(VaultVerdict, Levels) {
  struct Case {
    Paths paths;
    Level level;
    const char* why;
  };
  const Case cases[] = {
      {{}, Level::none, "only what every token may"},
      {{{}, {{"secret/data/app/", "deny"}}}, Level::none, "only what"},
      {{{}, {{"identity/entity/id/1/", "read"}}}, Level::none, "only what"},
      // The roles of the real tests.
      {{{}, {{"", kAll}}}, Level::root, "writes policies"},
      {{{},
        {{"secret/", "create delete list patch read update"},
         {"sys/mounts/", "delete read sudo"}}},
       Level::destructive,
       "may DELETE /v1/sys/mounts/{path} on sys/mounts/*"},
      {{{}, {{"secret/data/app/", "create list read update"}}},
       Level::write,
       "may write secret/data/app/*"},
      {{{}, {{"secret/data/app/", "list read"}}},
       Level::read,
       "may read secret/data/app/*"},
      // Policies and logins.
      {{{{"sys/policies/acl/ci", "update"}}, {}},
       Level::root,
       "writes policies (sys/policies/acl/ci)"},
      {{{{"sys/policies/acl/ci", "read"}}, {}}, Level::read, "may read"},
      {{{{"auth/token/create", "update"}}, {}}, Level::write, "may write"},
      {{{{"auth/token/create", "update sudo"}}, {}},
       Level::root,
       "makes tokens of any policy"},
      {{{{"auth/approle/role/ci", "update"}}, {}},
       Level::root,
       "which policies a login gets"},
      {{{{"auth/approle/role/ci/secret-id", "update"}}, {}},
       Level::write,
       "may write"},
      {{{}, {{"auth/userpass/users/", "create"}}},
       Level::root,
       "which policies a login gets"},
      {{{}, {{"identity/", "create update"}}}, Level::root, "entities"},
      {{{}, {{"sys/auth/", "create update"}}}, Level::write, "may write"},
      {{{}, {{"sys/auth/", "create sudo"}}}, Level::root, "ways to log in"},
      // What can be brought back, and what cannot.
      {{{}, {{"secret/data/", "delete"}}}, Level::write, "may write"},
      {{{}, {{"secret/undelete/", "update"}}}, Level::write, "may write"},
      {{{}, {{"secret/metadata/", "delete"}}}, Level::destructive, "metadata"},
      {{{}, {{"secret/destroy/", "update"}}}, Level::destructive, "destroy"},
      {{{}, {{"kv1/app/", "delete"}}},
       Level::destructive,
       "DELETE /v1/{mount}/{path} on kv1/app/*"},
      {{{{"sys/seal", "update"}}, {}}, Level::write, "may write"},
      {{{{"sys/seal", "update sudo"}}, {}}, Level::destructive, "sys/seal"},
      {{{}, {{"sys/leases/revoke-prefix/", "update sudo"}}},
       Level::destructive,
       "revoke-prefix"},
      // The longest glob decides, an exact path before all.
      {{{}, {{"", "delete read"}, {"sys/", "deny"}}},
       Level::destructive,
       "metadata"},
      {{{{"sys/seal", "deny"}}, {{"sys/seal", "update sudo"}}},
       Level::write,
       "may write"},
      {{{},
        {{"sys/", "update"},
         {"sys/policies/", "deny"},
         {"sys/policy/", "deny"},
         {"sys/storage/", "deny"}}},
       Level::write,
       "may write sys/*"},
  };
  for (const Case& c : cases) {
    const std::string text = reply(c.paths);
    const Evaluated result = judged(text);
    EXPECT_EQ(result.level, c.level) << text;
    EXPECT_THAT(result.why, HasSubstr(c.why)) << text;
    EXPECT_EQ(result.evidence, Evidence::declared);
  }
}

TEST(VaultVerdict, PowersAndWhere) {
  const Evaluated wipe = judged(
      reply({{}, {{"secret/", "delete"}, {"sys/mounts/team/", "delete"}}}));
  EXPECT_THAT(operations(wipe),
              UnorderedElementsAre("DELETE /v1/sys/mounts/{path}",
                                   "DELETE /v1/{mount}/metadata/{path}",
                                   "DELETE /v1/{mount}/keys/{name}",
                                   "DELETE /v1/{mount}/{path}"));
  for (const Power& power : wipe.powers) {
    ASSERT_EQ(power.resources.size(), 1u) << power.operation;
    EXPECT_EQ(power.resources[0].name,
              power.operation.starts_with("DELETE /v1/sys")
                  ? "sys/mounts/team/*"
                  : "secret/*");
  }
}

TEST(VaultVerdict, RootToken) {
  const Evaluated root = judged(R"({"data":{"root":true}})");
  EXPECT_EQ(root.level, Level::root);
  EXPECT_EQ(root.why, "is a root token");
  EXPECT_EQ(root.powers.size(), 15u);
  for (const Power& power : root.powers) {
    EXPECT_THAT(power.resources, IsEmpty());
  }
}

TEST(VaultVerdict, WhatIsNoReply) {
  for (const char* text : {"", "[]", "{}", "null", R"({"errors":[]})",
                           R"({"data":{"keys":[]}})"}) {
    Variables variables;
    variables.add("acl", text);
    EXPECT_FALSE(evaluate("vault-acl", variables)) << text;
  }
  EXPECT_FALSE(evaluate("vault-acl", Variables()));
  // Rules of another form count for nothing.
  EXPECT_EQ(judged(R"({"data":{"glob_paths":{"a/":1,"b/":{"capabilities":1},)"
                   R"("c/":{"capabilities":{"x":"sudo"}}},"exact_paths":[]}})")
                .level,
            Level::none);
}

TEST(VaultVerdict, Forms) {
  struct Case {
    const char* path;
    bool is_glob;
    const char* form;
    bool decides;
  };
  const Case cases[] = {
      {"sys/mounts/", true, "sys/mounts/*", true},
      {"sys/mounts/a", false, "sys/mounts/*", true},
      {"sys/mounts/a/tune", false, "sys/mounts/*", true},
      {"sys/mounts", false, "sys/mounts/*", false},
      {"sys/mo", true, "sys/mounts/*", true},
      {"sys/x", true, "sys/mounts/*", false},
      {"", true, "+/metadata/*", true},
      {"sec", true, "+/metadata/*", true},
      {"secret/", true, "+/metadata/*", true},
      {"secret/meta", true, "+/metadata/*", true},
      {"secret/data/", true, "+/metadata/*", false},
      {"secret/metadata/a/b", false, "+/metadata/*", true},
      {"auth/approle/role/ci", false, "auth/+/role/+", true},
      {"auth/approle/role/", true, "auth/+/role/+", true},
      {"auth/approle/role/ci/", true, "auth/+/role/+", false},
      {"auth/approle/role", false, "auth/+/role/+", false},
      {"sys/seal", false, "sys/seal", true},
      {"sys/se", true, "sys/seal", true},
      {"sys/seal/x", false, "sys/seal", false},
  };
  for (const Case& c : cases) {
    const VaultRule rule{c.path, c.is_glob, kVaultRead};
    EXPECT_EQ(decides({false, {rule}}, rule, c.form), c.decides)
        << c.path << " " << c.form;
  }
}

}  // namespace
}  // namespace overreach
