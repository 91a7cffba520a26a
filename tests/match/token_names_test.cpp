#include "scanner/match/token_names.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/match/matching.h"

namespace overreach {
namespace {

TEST(IsSecretName, AnIdOfSomethingElse) {
  for (const std::string_view name : {"VAULT_SECRET_ID", "aws_access_key_id",
                                      "tokenId", "API_TOKEN", "authHeader"}) {
    EXPECT_TRUE(is_secret_name(name)) << name;
  }
  for (const std::string_view name :
       {"TF_VAR_temp_token_template_id", "keyVaultResourceId", "tokenPoolId",
        "id", "zone"}) {
    EXPECT_FALSE(is_secret_name(name)) << name;
  }
}

// A long token of a documentation: what stands behind its slashes would fit a
// form by itself.
TEST(ShapesWithoutABeginning, NoPieceOfASample) {
  const std::string piece =
      "u8jzPde0IgxLd6GncfBAepfJBd0Kh8oOOL8dKLzdocJ2isAjIhKtJ0RlgLKO"
      "mxgJTeKdNnFRIBXuDL7DxtpYlSXpfKtHF4vUCsMehGAkWvj7FAc9QeWJKY40";
  const auto token = [&](std::string_view word) {
    return "\"SessionToken\": \"AQoDYXdzEPT//////////wE" + std::string(word) +
           piece + "/" + piece + "==\"\n";
  };
  EXPECT_TRUE(found_in("a.json", token("XAMPLE")).empty());
  EXPECT_EQ(found_in("a.json", token("Zw6YpL")).size(), 1u);
}

// Its name tells more in a file of Terraform than elsewhere.
TEST(RulesForFiles, HoldOnlyThere) {
  constexpr std::string_view kText = "master_password = \"Harbour2381x\"\n";
  const auto rule_in = [&](std::string_view path) {
    const auto found = found_in(path, kText);
    return found.empty() ? "" : found[0].substr(0, found[0].find(' '));
  };
  EXPECT_EQ(rule_in("infra/main.tf"), "terraform-password-in-hcl");
  EXPECT_EQ(rule_in("keys.ps1"), "generic-password");
}

}  // namespace
}  // namespace overreach
