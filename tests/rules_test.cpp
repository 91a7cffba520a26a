// Promises about every built-in rule: what it generates it finds, what it says
// is no secret it does not find, and it says all that a reader needs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/check.h"
#include "tests/match/matching.h"

namespace overreach {
namespace {

constexpr std::uint64_t kSeeds = 25;

// Two rules of one form: nothing in the token tells which of them it is.
struct Alternative {
  std::string_view rule, other, why;
};
constexpr auto kAlternatives = std::to_array<Alternative>({
    {"gcp-authorized-user-credentials", "gcp-oauth-refresh-token",
     "its refresh token has a form of its own, which says as much"},
});

bool is_alternative(std::string_view rule, std::string_view other) {
  return std::any_of(
      kAlternatives.begin(), kAlternatives.end(),
      [&](const Alternative& a) { return a.rule == rule && a.other == other; });
}

std::string from_glob(std::string_view glob) {
  std::string path(glob);
  if (path.starts_with("**/")) path.erase(0, 3);
  for (std::size_t at; (at = path.find('*')) != path.npos;) {
    path.replace(at, 1, "deploy");
  }
  return path;
}

// A file in which such a text would stand.
std::string path_for(const TokenRule& rule, std::string_view text) {
  if (!rule.paths.empty()) return from_glob(rule.paths[0]);
  switch (rule.finder) {
    case Finder::netrc:
      return "home/.netrc";
    case Finder::pgpass:
      return "home/.pgpass";
    case Finder::htpasswd:
      return "users.ldif";
    case Finder::shadow:
      return "etc/shadow";
    case Finder::docker_auth:
      return ".docker/config.json";
    case Finder::kubernetes_secret:
      return "k8s/secret.yaml";
    case Finder::network_config:
      return "router.cfg";
    case Finder::putty:
      return "deploy.ppk";
    case Finder::pem:
      return "server.pem";
    case Finder::sql:
      return "schema.sql";
    case Finder::command:
      return "run.sh";
    case Finder::file:
      return "config";
    default:
      break;
  }
  if (text.find("</") != text.npos || text.find("/>") != text.npos) {
    return "settings.xml";
  }
  const bool is_quoted = text.find_first_of("\"'") != text.npos;
  return is_quoted ? "src/client.py" : "deploy/app.properties";
}

bool is_whole_file(const TokenRule& rule) {
  return rule.finder == Finder::file || rule.finder == Finder::putty;
}

// The example between lines that say nothing.
std::string in_a_file(const TokenRule& rule, std::string_view text) {
  if (is_whole_file(rule)) return std::string(text);
  return "# what the deployment needs\n\n" + std::string(text) +
         "\n\n# end of it\n";
}

bool is_found(const std::vector<std::string>& found, const TokenRule& rule,
              std::string_view secret) {
  return std::any_of(found.begin(), found.end(), [&](const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string_view id = std::string_view(line).substr(0, space);
    return std::string_view(line).substr(space + 1) == secret &&
           (id == rule.id || is_alternative(rule.id, id));
  });
}

// A public identifier shows only beside the secret it belongs to.
// A file without a name is for `check` only.
bool is_reported_alone(const TokenRule& rule) {
  const bool is_nameless = rule.finder == Finder::file && rule.paths.empty();
  return !rule.is_public && !is_nameless;
}

TEST(Rules, EveryExampleIsFound) {
  for (const TokenRule& rule : all_rules().tokens) {
    if (!is_reported_alone(rule)) continue;
    int missed = 0;
    std::string first;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const Example example = make_example(rule, seed);
      const std::string text = in_a_file(rule, example.text);
      const auto found = found_in(path_for(rule, example.text), text);
      if (!example.secret.empty() && is_found(found, rule, example.secret)) {
        continue;
      }
      if (missed++ == 0) {
        first = "seed " + std::to_string(seed) + " in " +
                path_for(rule, example.text) + ": " + example.text +
                "\n  secret " + example.secret + "\n  found " +
                testing::PrintToString(found);
      }
    }
    EXPECT_EQ(missed, 0) << rule.id << " misses " << missed << " of " << kSeeds
                         << ", first " << first;
  }
}

bool is_looked_for_beside(const TokenRule& rule) {
  return rule.is_public && !rule.pattern.empty() && rule.keywords.empty();
}

// A host or a user's name, which only the token beside it makes worth finding.
TEST(Rules, EveryIdentifierIsFoundBesideItsToken) {
  int tried = 0;
  for (const TokenRule& leader : all_rules().tokens) {
    for (const CompanionRule& companion : leader.companions) {
      const TokenRule* const rule = all_rules().find(companion.rule);
      ASSERT_NE(rule, nullptr) << companion.rule;
      if (!is_looked_for_beside(*rule)) continue;
      ++tried;
      const Example identifier = make_example(*rule, 1);
      const Example token = make_example(leader, 1);
      const auto found =
          found_in(path_for(leader, token.text),
                   identifier.text + "\n" + in_a_file(leader, token.text));
      EXPECT_TRUE(is_found(found, *rule, identifier.secret))
          << identifier.text << testing::PrintToString(found);
      EXPECT_TRUE(is_found(found, leader, token.secret))
          << token.text << testing::PrintToString(found);
    }
  }
  EXPECT_GT(tried, 10);
}

// What the one pass over a text looks at: 16 characters of a run.  A token with
// less can only be found by its name, which a reader looks at.
TEST(Rules, EveryShapeHasARun) {
  for (const TokenRule& rule : all_rules().tokens) {
    if (rule.finder != Finder::shape || !is_reported_alone(rule)) continue;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const std::string token = make_example(rule, seed).secret;
      std::size_t run = 0, longest = 0;
      for (const char c : token) {
        const bool inside =
            std::isalnum(static_cast<unsigned char>(c)) ||
            std::string_view("_+/=.~-").find(c) != std::string_view::npos;
        run = inside ? run + 1 : 0;
        longest = std::max(longest, run);
      }
      EXPECT_TRUE(longest >= 16 || !rule.keys.empty())
          << rule.id << ": " << token;
    }
  }
}

// A token does not care in what kind of file it stands.
TEST(Rules, EveryExampleOfAFormIsFoundInEveryFile) {
  struct Style {
    const char* path;
    const char* before;
    const char* after;
  };
  constexpr Style kStyles[] = {
      {"deploy/app.properties", "service.value=", "\n"},
      {"deploy/values.yaml", "value: ", "\n"},
      {"src/config.json", "  \"value\": \"", "\",\n"},
      {"src/Main.java", "  call(\"", "\");\n"},
      {"README.md", "Use `", "` for it.\n"},
      {"run.sh", "export VALUE=", "\n"},
  };
  for (const TokenRule& rule : all_rules().tokens) {
    if (rule.finder != Finder::shape || rule.needs_context() ||
        !is_reported_alone(rule)) {
      continue;
    }
    for (const Style& style : kStyles) {
      int missed = 0;
      std::string first;
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const std::string token = make_example(rule, seed).secret;
        const std::string text = style.before + token + style.after;
        const auto found = found_in(style.path, text);
        if (is_found(found, rule, token)) continue;
        if (missed++ == 0) first = text + testing::PrintToString(found);
      }
      EXPECT_EQ(missed, 0) << rule.id << " misses " << missed << " of "
                           << kSeeds << " in " << style.path << ": " << first;
    }
  }
}

TEST(Rules, NoCounterExampleIsFound) {
  for (const TokenRule& rule : all_rules().tokens) {
    for (const std::string_view pattern : rule.counter_examples) {
      for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const std::string line = fill_template(pattern, seed);
        for (const Candidate& candidate :
             match_all(path_for(rule, line), in_a_file(rule, line))
                 .candidates) {
          EXPECT_NE(candidate.rule->id, rule.id) << line;
        }
      }
    }
  }
}

TEST(Rules, AreConsistent) {
  EXPECT_THAT(check_rules(all_rules()), testing::IsEmpty());
}

TEST(Rules, IdsAreUniqueAndSorted) {
  const auto& tokens = all_rules().tokens;
  EXPECT_GT(tokens.size(), 300u);
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    EXPECT_LT(tokens[i - 1].id, tokens[i].id);
  }
}

TEST(Rules, SayAllThatAReaderNeeds) {
  for (const TokenRule& rule : all_rules().tokens) {
    EXPECT_TRUE(rule.docs.starts_with("https://")) << rule.id;
    EXPECT_FALSE(rule.name.empty()) << rule.id;
    EXPECT_FALSE(rule.provider_name.empty()) << rule.id;
    EXPECT_TRUE(rule.id.starts_with(std::string(rule.provider) + "-"))
        << rule.id;
    if (rule.is_public) continue;
    EXPECT_FALSE(rule.revoke.empty()) << rule.id;
    EXPECT_FALSE(rule.narrower.empty()) << rule.id;
    ASSERT_FALSE(rule.reach.empty()) << rule.id;
    EXPECT_TRUE(rule.reach.back().fact.empty()) << rule.id << ": no default";
    for (const ReachRule& reach : rule.reach) {
      EXPECT_FALSE(reach.why.empty()) << rule.id;
    }
  }
}

// Where one character of a token's check stands.
std::size_t check_digit(const TokenRule& rule, std::string_view token) {
  if (rule.check == Check::azure_cask) return 81;
  std::size_t at = token.size() - 1;
  while (at > 0 && token[at] == '=') --at;
  const bool spare_bits = rule.check == Check::azure_marvin ||
                          rule.check == Check::crc16_base32 ||
                          rule.check == Check::azure_devops;
  return spare_bits ? at - 1 : at;
}

// Of Entra's secrets only one generation carries a check.
bool has_check(const TokenRule& rule, std::string_view token) {
  return rule.check != Check::azure_entra || token.substr(3, 2) == "8Q";
}

TEST(Rules, AWrongCheckDigitIsNotReported) {
  int checked = 0;
  for (const TokenRule& rule : all_rules().tokens) {
    if (rule.check == Check::none) continue;
    int reported = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const Example example = make_example(rule, seed);
      if (!has_check(rule, example.secret)) continue;
      std::string wrong = example.secret;
      const std::size_t at = check_digit(rule, wrong);
      const bool is_upper = wrong[at] >= 'A' && wrong[at] <= 'Z';
      const std::string_view others = is_upper ? "ABCDEF" : "32547";
      wrong[at] = others[others.find(wrong[at]) == 0 ? 1 : 0];
      std::string text = example.text;
      text.replace(text.find(example.secret), wrong.size(), wrong);
      for (const Candidate& candidate :
           match_all(path_for(rule, text), in_a_file(rule, text)).candidates) {
        reported += candidate.rule->id == rule.id;
      }
    }
    EXPECT_EQ(reported, 0) << rule.id;
    ++checked;
  }
  EXPECT_GT(checked, 10);
}

}  // namespace
}  // namespace overreach
