#include "scanner/match/published_example.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/match/matching.h"

namespace overreach {
namespace {

// In halves, so that no scanner trips over this file.
const std::string kEmulatorKey =
    std::string("C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTq") +
    "obD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";
const std::string kHeader =
    std::string("eyJhbGciOiJIUzI1NiIs") + "InR5cCI6IkpXVCJ9";
const std::string kJohnDoe =
    std::string("eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6Ikpva") +
    "G4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ";
const std::string kSignature = "Jq3hVn8sXkT0wLz5RbYcUe1oPa7dMf2gSi9xCv4tWuE";

TEST(PublishedExample, IsNoFinding) {
  EXPECT_TRUE(is_published_example(kEmulatorKey));
  EXPECT_TRUE(is_published_example(std::string("AKIA") + "IOSFODNN7WALNUT"));
  EXPECT_TRUE(is_published_example(std::string("ASIA") + "IOSFODNN7WALNUT"));
  EXPECT_TRUE(is_published_example(std::string("JBSWY3DP") + "EHPK3PXP"));
  EXPECT_EQ(found_in("a.cs", "var accountKey = \"" + kEmulatorKey + "\";"),
            std::vector<std::string>());
  std::string other = kEmulatorKey;
  other[3] = 'Z';
  EXPECT_EQ(found_in("a.cs", "var accountKey = \"" + other + "\";").size(), 1u);
}

TEST(PublishedExample, WhatFrameworksShip) {
  const std::string hash = std::string("$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKo") +
                           "Ea3Ro9llC/.og/at2.uheWG/igi";
  EXPECT_TRUE(is_published_example(hash));
  EXPECT_EQ(found_in("UserFactory.php", "'password' => '" + hash + "',"),
            std::vector<std::string>());
  const std::string salt = std::string("eZyT)-Naw]F8CwA*VaW#q*|.)g@o}||wf~@") +
                           "C-YSt}(dh_r6EbI#A,y|nU2{B#JBW";
  EXPECT_TRUE(is_published_example(salt));
}

TEST(PublishedExample, TheFirstKeysOfTestMnemonics) {
  const std::string hardhat = std::string("ac0974bec39a17e36ba4a6b4d238ff94") +
                              "4bacb478cbed5efcae784d7bf4f2ff80";
  EXPECT_TRUE(is_published_example(hardhat));
  EXPECT_TRUE(is_published_example("0x" + hardhat));
  EXPECT_FALSE(is_published_example("0y" + hardhat));
}

TEST(PublishedExample, OfATokenThePayloadDecides) {
  EXPECT_TRUE(
      is_published_example(kHeader + "." + kJohnDoe + "." + kSignature));
  EXPECT_TRUE(is_published_example(kHeader + "." + kJohnDoe));
  EXPECT_FALSE(
      is_published_example(kHeader + "." + kHeader + "." + kSignature));
  EXPECT_FALSE(is_published_example(kHeader));
  EXPECT_FALSE(is_published_example(""));
}

}  // namespace
}  // namespace overreach
