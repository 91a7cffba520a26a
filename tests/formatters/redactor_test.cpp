#include "formatters/redactor.h"

#include <gtest/gtest.h>

#include <string>

namespace overreach {
namespace {

Credential with_secret(std::string_view secret, std::size_t prefix = 0) {
  Credential credential;
  credential.secret = Secret(secret);
  credential.public_prefix = prefix;
  return credential;
}

Redactor redactor_of(const Credential& credential,
                     const OutputOptions& options = {}) {
  Report report;
  report.credentials = {credential,
                        with_secret("another-secret-of-the-report")};
  return Redactor(report, options);
}

TEST(Redactor, HidesTwelveBytesOfAnySecret) {
  const Redactor redacted = redactor_of(with_secret("0123456789abcdefghij"));
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"nothing here", "nothing here"},
      {"0123456789abcdefghij", "..."},
      {"x/0123456789abcdefghij.env", "x/....env"},
      {"0123456789ab", "..."},         // a part is enough
      {"<89abcdefghij>", "<...>"},     // and so is its end
      {"0123456789a", "0123456789a"},  // 11 bytes are not
      {"0123456789ab0123456789ab", "..."},
      {"0123456789ab 0123456789ab", "... ..."},
      {"see another-secret-of-", "see ..."},
  };
  for (const auto& [text, expected] : cases)
    EXPECT_EQ(redacted(text), expected);
}

TEST(Redactor, PublicPrefixIsNoSecret) {
  const std::string_view prefix = "https://hooks.example.com/services/";
  const Credential hook =
      with_secret(std::string(prefix) + "T0ABCDEFGHIJKLMN", prefix.size());
  const Redactor redacted = redactor_of(hook);
  EXPECT_EQ(redacted("at https://hooks.example.com/services/"),
            "at https://hooks.example.com/services/");
  EXPECT_EQ(redacted("at https://hooks.example.com/services/T0ABCDEF"),
            "at https://hooks.example.co...");
}

TEST(Redactor, ShortSecretsGoWhereTheyAreNoWords) {
  const Credential mixed = with_secret("hunter2!x");
  EXPECT_EQ(redactor_of(mixed).name("a/hunter2!x/b", &mixed), "a/.../b");
  const Credential word = with_secret("postgres");
  EXPECT_EQ(redactor_of(word).name("docker/postgres/init.sql", &word),
            "docker/postgres/init.sql");
  EXPECT_EQ(redactor_of(word).fact("user postgres", word), "user ...");
}

// A project whose password is its own name keeps its paths.
TEST(Redactor, LongSecretsThatAreNamesStayInNames) {
  const Credential word = with_secret("dolphinscheduler");
  const Redactor redacted = redactor_of(word);
  const std::string_view path = "dolphinscheduler-api/dolphinscheduler/a.sql";
  EXPECT_EQ(redacted.name(path, &word), path);
  EXPECT_EQ(redacted.name(path), path);
  EXPECT_EQ(redacted(path), "...-api/.../a.sql");
  EXPECT_EQ(redacted.fact("user dolphinscheduler", word), "user ...");
  EXPECT_EQ(redacted.name("another-secret-of-the-report/dolphinscheduler"),
            ".../dolphinscheduler");
  // Not a part of one, nor with more around it.
  EXPECT_EQ(redacted.name("a/dolphinschedule/b", &word), "a/.../b");
  EXPECT_EQ(redacted.name("a/mydolphinscheduler/b", &word), "a/my.../b");
  for (const std::string secret : {"DolphinScheduler", "dolphinSchedulers"}) {
    const Credential other = with_secret(secret);
    EXPECT_EQ(redactor_of(other).name("a/" + secret, &other), "a/" + secret);
  }
  for (const std::string secret : {"dolphin2scheduler", "xqaEcMaKPBubN"}) {
    const Credential other = with_secret(secret);
    EXPECT_EQ(redactor_of(other).name("a/" + secret, &other), "a/...");
    EXPECT_EQ(redactor_of(other).name("a/" + secret), "a/...");
  }
}

TEST(Redactor, ShowsAllWhenAskedTo) {
  OutputOptions options;
  options.show_secrets = true;
  const Credential credential = with_secret("0123456789abcdefghij");
  const Redactor redacted = redactor_of(credential, options);
  EXPECT_EQ(redacted("0123456789abcdefghij"), "0123456789abcdefghij");
  EXPECT_EQ(redacted.name("0123456789abcdefghij", &credential),
            "0123456789abcdefghij");
  EXPECT_EQ(redacted.name("0123456789abcdefghij"), "0123456789abcdefghij");
}

}  // namespace
}  // namespace overreach
