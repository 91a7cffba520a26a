// Promises about every built-in provider: its probes fit together, ask by
// schemes that exist, and hold nothing but queries.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "scanner/privilege/connection.h"
#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/google_operations.h"
#include "scanner/privilege/policy.h"
#include "scanner/privilege/schemes/scheme.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

using testing::IsEmpty;

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find(' '));
}

template <typename Test>
void for_each_probe(const Test& test) {
  const ProviderSet providers = builtin_providers();
  for (const Provider& provider : providers.providers) {
    for (const Probe& probe : provider.probes) {
      SCOPED_TRACE(std::string(provider.id) + " " + std::string(probe.id));
      test(provider, probe);
    }
  }
}

TEST(Providers, FitTogether) {
  EXPECT_THAT(check_providers(builtin_providers(), builtin_rules()), IsEmpty());
}

TEST(Providers, SchemesExist) {
  for_each_probe([](const Provider& provider, const Probe& probe) {
    if (!probe.statement.empty()) return;
    const std::string_view auth =
        probe.auth.empty() ? provider.auth : probe.auth;
    EXPECT_TRUE(is_scheme(first_word(auth))) << auth;
  });
}

TEST(Providers, EvaluatorsExist) {
  const ProviderSet providers = builtin_providers();
  for (const Provider& provider : providers.providers) {
    if (provider.evaluate.empty()) continue;
    EXPECT_TRUE(is_evaluator(provider.evaluate)) << provider.id;
  }
}

// What rules/gcp.toml says a permission destroys is what is said of it where a
// role holds it.
TEST(Providers, GooglePowersAreKnownToDestroy) {
  const ProviderSet providers = builtin_providers();
  int compared = 0;
  for (const PowerRule& power : providers.find("gcp")->powers) {
    for (const GoogleOperation& row : google_destructive_operations()) {
      if (!row.covers(power.operation)) continue;
      ++compared;
      std::string words;
      for (const std::string_view word : power.destroys) {
        words += (words.empty() ? "" : " ") + std::string(word);
      }
      EXPECT_EQ(words, row.destroys) << power.operation;
    }
  }
  EXPECT_GT(compared, 30);
}

TEST(Providers, DocumentsAreQueries) {
  for_each_probe([](const Provider&, const Probe& probe) {
    if (probe.graphql.empty()) return;
    EXPECT_TRUE(is_graphql_query(probe.graphql)) << probe.graphql;
  });
}

// A statement of a provider is one that its protocol's sessions would send.
TEST(Providers, StatementsOnlyRead) {
  constexpr std::pair<std::string_view, std::string_view> kProtocols[] = {
      {"postgresql", "postgres"},
      {"mysql", "mysql"},
      {"redis", "redis"},
      {"mongodb", "mongodb"}};
  for_each_probe([&](const Provider& provider, const Probe& probe) {
    if (probe.statement.empty()) return;
    bool is_known = false;
    for (const auto& [id, protocol] : kProtocols) {
      if (provider.id != id) continue;
      is_known = true;
      const Status status = check_statement(protocol, probe.statement);
      EXPECT_TRUE(status) << status.error().text;
    }
    EXPECT_TRUE(is_known) << "add its protocol above";
  });
}

// Every URL that holds no variable in its host goes to a host of the file.
TEST(Providers, HostsAreThoseOfTheFile) {
  const ProviderSet providers = builtin_providers();
  const Policy policy(providers, {});
  for_each_probe([&](const Provider& provider, const Probe& probe) {
    const std::string url = probe.url.starts_with("/")
                                ? std::string(provider.base)
                                : std::string(probe.url);
    const std::string_view origin =
        std::string_view(url).substr(0, url.find('/', sizeof "https://" - 1));
    if (url.empty() || origin.find('{') != origin.npos) return;
    HttpRequest request;
    request.provider = provider.id;
    request.url = std::string(origin) + "/";
    const Status status = policy.check(request);
    EXPECT_TRUE(status) << status.error().text;
  });
}

}  // namespace
}  // namespace overreach
