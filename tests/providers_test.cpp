// Promises about every built-in provider: its probes fit together, ask by
// schemes that exist, and hold nothing but queries.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "scanner/privilege/azure_operations.h"
#include "scanner/privilege/conditions.h"
#include "scanner/privilege/connection.h"
#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/github_operations.h"
#include "scanner/privilege/google_operations.h"
#include "scanner/privilege/iam_operations.h"
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

// Every kind of a provider that is asked is, or rules/README.md says why not.
TEST(Providers, EveryKindIsAskedOrSaysWhyNot) {
  std::ifstream file(OVERREACH_SOURCE_DIR "/rules/README.md");
  const std::string readme{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = readme.find("## What is not asked");
  ASSERT_NE(begin, readme.npos);
  const std::string list = readme.substr(begin);
  const RuleSet rules = builtin_rules();
  const ProviderSet providers = builtin_providers();
  int unasked = 0;
  for (const TokenRule& rule : rules.tokens) {
    const Provider* const provider = providers.find(rule.provider);
    if (rule.is_public || !provider || provider->probes.empty()) continue;
    const bool is_asked = std::any_of(
        provider->probes.begin(), provider->probes.end(),
        [&](const Probe& probe) { return is_for(probe.only, rule.id); });
    const bool is_listed =
        list.find("`" + std::string(rule.id) + "`") != list.npos;
    EXPECT_NE(is_asked, is_listed) << rule.id;
    unasked += !is_asked;
  }
  EXPECT_GT(unasked, 0);
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) {
    text += (text.empty() ? "" : " ") + std::string(word);
  }
  return text;
}

// A power and the evaluator's operation of the same name: one of them is shown,
// depending on what was listed, and both say the same.
template <typename Operations, typename Name>
void expect_agreement(const char* provider, const Operations& operations,
                      const Name& name) {
  const ProviderSet providers = builtin_providers();
  std::size_t both = 0;
  for (const PowerRule& power : providers.find(provider)->powers) {
    for (const auto& operation : operations) {
      if (name(operation) != power.operation) continue;
      ++both;
      EXPECT_EQ(joined(power.destroys), operation.destroys) << power.operation;
    }
  }
  EXPECT_GT(both, 2U) << provider;
}

TEST(Providers, PowersAndEvaluatorsAgree) {
  expect_agreement("azure", azure_destructive_operations(),
                   [](const AzureOperation& each) { return each.name; });
  expect_agreement("aws", destructive_operations(),
                   [](const IamOperation& each) { return each.action; });
  expect_agreement("github", github_destructive_operations(),
                   [](const GitHubOperation& each) { return each.name; });
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
      EXPECT_EQ(joined(power.destroys), row.destroys) << power.operation;
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
      {"mongodb", "mongodb"},
      {"nats", "nats"}};
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
