#include "scanner/match/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace overreach {
namespace {

TEST(KindOfName, Table) {
  struct Case {
    std::string_view name;
    NameKind kind;
  };
  constexpr Case kCases[] = {
      {"password", NameKind::password},
      {"PASSWORD", NameKind::password},
      {"dbRootPassword", NameKind::password},
      {"DB_PASS", NameKind::password},
      {"db-passwd", NameKind::password},
      {"spring.datasource.password", NameKind::password},
      {"PGPASSWORD", NameKind::password},
      {"userPwd2", NameKind::password},
      {"passwordProd", NameKind::password},
      {"password_confirmation", NameKind::password},
      {"wifi_psk", NameKind::password},
      {"requirepass", NameKind::password},
      {"PasswordText", NameKind::password},
      {"client_secret", NameKind::secret},
      {"clientSecret", NameKind::secret},
      {"JWT_SECRET", NameKind::secret},
      {"token", NameKind::token},
      {"accessToken", NameKind::token},
      {"GITHUB_TOKEN", NameKind::token},
      {"jwt", NameKind::token},
      {"apiKey", NameKind::api_key},
      {"API_KEY", NameKind::api_key},
      {"api-key", NameKind::api_key},
      {"x-apikey", NameKind::api_key},
      {"privateKey", NameKind::api_key},
      {"AccountKey", NameKind::api_key},
      {"encryption_key", NameKind::api_key},
      {"key", NameKind::any_key},
      {"auth", NameKind::any_key},
      {"salt", NameKind::none},
      {"user", NameKind::user},
      {"db_username", NameKind::user},
      // Near misses.
      {"publicKey", NameKind::none},
      {"public_key", NameKind::none},
      {"password_field", NameKind::none},
      {"passwordLength", NameKind::none},
      {"password_hash", NameKind::hash},
      {"passsha256", NameKind::hash},
      {"passwordSha1", NameKind::hash},
      {"commit_hash", NameKind::none},
      {"password_file", NameKind::none},
      {"passwordPath", NameKind::none},
      {"forgot_password", NameKind::none},
      {"resetPassword", NameKind::none},
      {"show_password", NameKind::none},
      {"csrf_token", NameKind::none},
      {"snmp_community", NameKind::password},
      {"community", NameKind::none},
      {"hash_salt", NameKind::any_key},
      {"NONCE_SALT", NameKind::any_key},
      {"hash_key", NameKind::none},
      {"from_secret", NameKind::none},
      {"trusted_keys", NameKind::none},
      {"nextToken", NameKind::none},
      {"next_page_token", NameKind::none},
      {"cancellationToken", NameKind::none},
      {"token_type", NameKind::none},
      {"tokenizer", NameKind::none},
      {"secretName", NameKind::none},
      {"secret_id", NameKind::none},
      {"primary_key", NameKind::none},
      {"keyboard", NameKind::none},
      {"sort_key", NameKind::none},
      {"key_name", NameKind::none},
      {"compass", NameKind::none},
      {"bypass", NameKind::none},
      {"passenger", NameKind::none},
      {"hash", NameKind::none},
      {"", NameKind::none},
      {"___", NameKind::none},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(static_cast<int>(kind_of_name(c.name)), static_cast<int>(c.kind))
        << c.name;
  }
}

TEST(WordsOf, SplitsAsPeopleWrite) {
  using testing::ElementsAre;
  EXPECT_THAT(NameWords("dbRootPassword").list(),
              ElementsAre("db", "root", "password"));
  EXPECT_THAT(NameWords("DB_PASS").list(), ElementsAre("db", "pass"));
  EXPECT_THAT(NameWords("client-secret.v2").list(),
              ElementsAre("client", "secret", "v2"));
  EXPECT_THAT(NameWords("AWSSecretKey").list(),
              ElementsAre("aws", "secret", "key"));
  EXPECT_THAT(NameWords("").list(), ElementsAre());
  EXPECT_THAT(NameWords("--").list(), ElementsAre());
}

TEST(Normalized, LettersAndDigits) {
  EXPECT_EQ(normalized("API-Key_2.x"), "apikey2x");
  EXPECT_EQ(normalized("\xc3\xa4 "), "");
}

}  // namespace
}  // namespace overreach
