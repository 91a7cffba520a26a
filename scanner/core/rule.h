// Rules: what a kind of credential looks like and what is known about it.
// All texts are views into storage that the RuleSet keeps (or into the
// program itself, for the built-in rules).  Const use from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/check.h"
#include "scanner/core/report.h"
#include "scanner/core/shape.h"

namespace overreach {

// How a kind is found: by its form, by a pattern, or by a reader in code.
enum class Finder : std::uint8_t {
  shape,
  pattern,
  assignment,
  url,
  connection_string,
  pem,
  putty,
  jwk,
  basic_auth,
  bearer,
  command,
  sql,
  netrc,
  pgpass,
  htpasswd,
  shadow,
  docker_auth,
  kubernetes_secret,
  network_config,
  file,
};

// What a kind may do, and in which case (`fact` empty: by default).
enum class ReachCase : std::uint8_t {
  any,
  only_tests,        // hold it
  only_development,  // or tests hold it
};
struct ReachRule {
  std::string_view fact, equals;
  Level level = Level::unknown;
  Evidence evidence = Evidence::assumed;
  std::string_view why;
  ReachCase where = ReachCase::any;
};

struct CompanionRule {
  std::string_view rule;
  bool needed = false;
};

struct EnvironmentRule {
  std::string_view equals;  // the text of the capture `mode`
  EnvironmentClass environment = EnvironmentClass::unknown;
};

// A text or place that is no finding.  Absent parts are empty; an entry holds
// when all its given parts hold (`all`) or any of them.
struct Allowance {
  bool all = false;
  std::vector<std::string_view> paths;     // RE2
  std::vector<std::string_view> patterns;  // RE2
  std::vector<std::string_view> stopwords;
  enum class Target : std::uint8_t { secret, match, line };
  Target target = Target::secret;
  std::vector<std::string_view> rules;  // only for these; empty: for all
};

struct TokenRule {
  std::string_view id, name, provider, provider_name;
  std::string_view docs, revoke, narrower;
  Finder finder = Finder::shape;
  Shape shape;
  std::string_view shape_text;
  std::string_view pattern;        // RE2
  std::uint32_t secret_group = 0;  // of `pattern`; 0: by name, first, all
  double min_entropy = 0;          // bits per character, for `pattern`
  std::string_view path_pattern;   // RE2; empty: everywhere
  std::vector<std::string_view> keywords;  // any must be in the text; `pattern`
  Check check = Check::none;
  std::vector<std::string_view> context, keys, schemes, paths, facts;
  // Files in which the provider's own tool keeps it: the end of the path, then
  // the names it has there, separated by spaces; no name: the whole file.
  std::vector<std::string_view> stored;
  std::vector<ReachRule> reach;  // the first that holds; the default is last
  std::vector<EnvironmentRule> environment;
  std::vector<CompanionRule> companions;
  std::vector<std::string_view> examples, counter_examples;
  std::vector<Allowance> allowances;
  Confidence confidence = Confidence::medium;
  bool is_public = false;
  bool is_custom = false;  // from --rules

  bool needs_context() const { return !context.empty() || !keys.empty(); }
};

struct RuleSet {
  std::vector<TokenRule> tokens;      // sorted by id
  std::vector<Allowance> allowances;  // of the whole set
  std::vector<std::shared_ptr<const std::string>> storage;

  // Null when there is no such rule.
  const TokenRule* find(std::string_view id) const;
};

std::string_view to_string(Finder finder);
std::optional<Finder> parse_finder(std::string_view word);

}  // namespace overreach
