#include "scanner/pipeline/credentials.h"

#include <gtest/gtest.h>

#include <vector>

namespace overreach {
namespace {

// An identifier and the secret that it belongs to.
std::vector<Occurrence> pair_of(const TokenRule& secret, const TokenRule& id,
                                Confidence confidence) {
  std::vector<Occurrence> pair(2);
  for (std::size_t i = 0; i < pair.size(); ++i) {
    Candidate& candidate = pair[i].candidate;
    candidate.rule = i == 0 ? &secret : &id;
    candidate.secret = Secret(i == 0 ? "secret" : "somebody");
    candidate.confidence = i == 0 ? confidence : Confidence::high;
    candidate.leads = i == 0;
    candidate.group = 1;
    pair[i].place.path = "a.env";
  }
  return pair;
}

TEST(ToCredentials, APairIsSureWhenTheSecretHasAForm) {
  TokenRule shaped, named, id;
  shaped.id = "acme-key";
  named.id = "acme-password";
  named.finder = Finder::assignment;
  id.id = "acme-user";
  id.is_public = true;
  struct Case {
    const TokenRule& secret;
    Confidence found, expected;
  };
  for (const Case& c : {Case{shaped, Confidence::medium, Confidence::high},
                        {shaped, Confidence::low, Confidence::low},
                        {named, Confidence::medium, Confidence::medium},
                        {named, Confidence::low, Confidence::medium}}) {
    const auto credentials = to_credentials(pair_of(c.secret, id, c.found));
    ASSERT_EQ(credentials.size(), 1u);
    EXPECT_EQ(credentials[0].confidence, c.expected);
    EXPECT_EQ(credentials[0].parts.size(), 1u);
  }
}

}  // namespace
}  // namespace overreach
