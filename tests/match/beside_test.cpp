// Identifiers without a form, looked for only beside the token they go with.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/match/match.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr std::string_view kRules = R"(
[provider]
id = "acme"
name = "Acme"
docs = "https://acme.example"
revoke = "there"
[[token]]
id = "acme-key"
name = "Acme key"
shape = "acme_{base62:24}"
companions = [ { rule = "acme-user" } ]
reach = { level = "write", evidence = "assumed", why = "w" }
narrower = "n"
[[token]]
id = "acme-user"
name = "Acme user"
pattern = '(?i)acme_user=(?P<secret>[a-z]+)'
examples = ['ACME_USER=«{alpha-lower:4}»']
public = true
)";

class BesideTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(add_rule_text("acme.toml", kRules, rules_));
  }

  // "rule text" of every candidate, in the order of the text.
  std::vector<std::string> found_in(std::string text) {
    const std::size_t size = text.size();
    text.append(kTextPadding, '\0');
    const Matcher matcher(rules_);
    Matcher::Scratch scratch;
    const std::string_view bytes = std::string_view(text).substr(0, size);
    std::vector<std::string> found;
    for (const Candidate& candidate :
         matcher.match({"app.env", bytes, false}, scratch).candidates) {
      found.push_back(std::string(candidate.rule->id) + " " +
                      std::string(candidate.secret.reveal()).substr(0, 6));
    }
    return found;
  }

  const std::string key_ = "acme_a1B2c3D4e5F6g7H8i9J0k1L2";
  RuleSet rules_;
};

TEST_F(BesideTest, BeforeAndBehind) {
  EXPECT_THAT(found_in("ACME_USER=ada\nKEY=" + key_ + "\n"),
              ElementsAre("acme-user ada", "acme-key acme_a"));
  EXPECT_THAT(found_in("KEY=" + key_ + "\nACME_USER=ada"),
              ElementsAre("acme-key acme_a", "acme-user ada"));
}

TEST_F(BesideTest, TheNearestIsTheOne) {
  EXPECT_THAT(found_in("ACME_USER=far\n\n\nACME_USER=near\nKEY=" + key_),
              UnorderedElementsAre("acme-user near", "acme-key acme_a"));
}

TEST_F(BesideTest, NothingAloneOrFarAway) {
  EXPECT_THAT(found_in("ACME_USER=ada\n"), testing::IsEmpty());
  EXPECT_THAT(found_in("ACME_USER=ada\n" + std::string(30, '\n') + key_),
              ElementsAre("acme-key acme_a"));
  EXPECT_THAT(found_in("ACME_USER=ada\n" + std::string(9000, 'x') + " " + key_),
              ElementsAre("acme-key acme_a"));
}

}  // namespace
}  // namespace overreach
