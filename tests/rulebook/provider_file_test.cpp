// The second half of a rule file, and its way through the packed tables.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kFile = R"(
[provider]
id = "acme"
name = "Acme"
hosts = ["api.acme.example"]
base = "https://api.acme.example"
auth = "bearer"
headers = { "X-Version" = "2" }
identity = "{email}"
values = { scopes = { from = "header X-Scopes", split = ", " } }
outcomes = [ { status = 403, when = ["/code is bad"], is = "dead" } ]
[[probe]]
id = "user"
get = "/v1/user"
values = { email = "/email" }
[[probe]]
id = "all-teams"
when = ["user is ok"]
each_of = ["eu", "us"]
post = "/graphql"
graphql = "query { teams { id } }"
variables = { first = "10" }
page = { next = "/cursor", query = "after", more = "/more" }
[[probe.list]]
id = "teams"
items = "/teams/*"
name = "{/name}"
protected = ["/locked is true"]
[[power]]
id = "team-delete"
operation = "DELETE /teams/{id}"
destroys = ["data"]
resources = ["teams"]
[[grant]]
when = ["scopes has admin:*"]
level = "root"
why = "an administrator"
powers = ["team-delete"]
)";

std::string error_of(std::string_view text) {
  ProviderSet set;
  const Status status = add_provider_text("acme.toml", text, set);
  return status ? "" : status.error().text;
}

void expect_all(const ProviderSet& set) {
  const Provider* acme = set.find("acme");
  ASSERT_NE(acme, nullptr);
  EXPECT_EQ(acme->base, "https://api.acme.example");
  EXPECT_EQ(acme->headers.at(0).value, "2");
  EXPECT_EQ(acme->outcomes.at(0).is, Outcome::dead);
  ASSERT_EQ(acme->probes.size(), 2u);
  const Probe& teams = acme->probes[1];
  EXPECT_EQ(teams.method, "POST");
  EXPECT_EQ(teams.reads_because, "a GraphQL query");
  EXPECT_EQ(teams.when.at(0).subject, "user");
  EXPECT_THAT(teams.each_of, ElementsAre("eu", "us"));
  EXPECT_EQ(teams.page->more, "/more");
  EXPECT_EQ(teams.lists.at(0).kind, "teams");
  EXPECT_EQ(teams.lists.at(0).protect.at(0).operand, "true");
  EXPECT_THAT(acme->powers.at(0).resources, ElementsAre("teams"));
  EXPECT_EQ(acme->grants.at(0).level, Level::root);
  EXPECT_EQ(acme->grants.at(0).evidence, Evidence::declared);
}

TEST(ProviderFile, EverythingIsRead) {
  ProviderSet set;
  ASSERT_TRUE(add_provider_text("acme.toml", kFile, set));
  expect_all(set);
  EXPECT_THAT(check_providers(set, RuleSet()), ElementsAre());
}

TEST(ProviderFile, PackedAndBack) {
  ProviderSet set;
  ASSERT_TRUE(add_provider_text("acme.toml", kFile, set));
  const std::string bytes = pack_providers(set);
  expect_all(unpack_providers(bytes));
}

TEST(ProviderFile, MistakesAreNamed) {
  const std::string head =
      "[provider]\nid = 'acme'\nname = 'A'\n"
      "hosts = ['a.example']\n";
  EXPECT_THAT(error_of(head + "[[probe]]\nid = 'x'\n"),
              HasSubstr("acme.toml:5: probe x: get: give one of"));
  EXPECT_THAT(error_of(head + "[[probe]]\nid = 'x'\nget = '/'\nwhne = []\n"),
              HasSubstr("unknown key 'whne'"));
  EXPECT_THAT(error_of(head + "[[probe]]\nid = 'x'\npost = '/'\n"),
              HasSubstr("needs reads_because"));
  EXPECT_THAT(
      error_of(head + "[[probe]]\nid = 'x'\nget = '/'\nwhen = ['a b c']\n"),
      HasSubstr("is no condition: a b c"));
  EXPECT_THAT(error_of(head + "[[probe]]\nid = 'x'\nget = '/{each}'\n"
                              "each = 'teams'\neach_of = ['eu']\n"),
              HasSubstr("each_of: and each exclude one another"));
  EXPECT_THAT(error_of(head + "[[grant]]\nlevel = 'god'\nwhy = 'x'\n"),
              HasSubstr("level: must be root"));
}

TEST(ProviderFile, NamesMustBeKnown) {
  ProviderSet set;
  ASSERT_TRUE(add_provider_text("acme.toml", R"(
[provider]
id = "acme"
name = "A"
hosts = ["a.example"]
[[probe]]
id = "x"
get = "/"
each = "teams"
[[power]]
id = "p"
operation = "DELETE"
resources = ["volumes"]
[[grant]]
when = ["rolle is ADMIN"]
level = "root"
why = "w"
powers = ["q"]
)",
                                set));
  EXPECT_THAT(check_providers(set, RuleSet()),
              ElementsAre(HasSubstr("no power is called q"),
                          HasSubstr("nothing is called rolle"),
                          HasSubstr("no probe lists volumes"),
                          HasSubstr("nothing is called teams")));
}

}  // namespace
}  // namespace overreach
