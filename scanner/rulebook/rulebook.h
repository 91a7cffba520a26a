// Rule files -> rules.  The built-in rules were parsed when the program was
// built; reading them back costs no parsing.  See rules/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/probe.h"
#include "scanner/core/rule.h"

namespace overreach {

// Adds the rules of one of our TOML files to `rules` and keeps them sorted.
// `name` is for messages: "acme.toml:12: token acme-key: shape: column 3: ...".
// Unknown keys are errors.  On an error `rules` may hold part of the file.
Status add_rule_text(std::string_view name, std::string_view text,
                     RuleSet& rules);

// Adds what the same file says about asking its provider, if it says anything.
Status add_provider_text(std::string_view name, std::string_view text,
                         ProviderSet& providers);
Status add_provider_path(const std::string& path, ProviderSet& providers);

// What is wrong with probes, powers and grants: unknown ids, names and schemes;
// one line each, sorted.
std::vector<std::string> check_providers(const ProviderSet& providers,
                                         const RuleSet& rules);

// Adds a file, or every *.toml below a directory, in either format: ours or
// gitleaks' (known by its [[rules]]).
Status add_rule_path(const std::string& path, RuleSet& rules);

// What is wrong between rules (ids used twice, companions that are no rule,
// examples that do not match); one line each, sorted.
std::vector<std::string> check_rules(const RuleSet& rules);

// A text that the rule must find, and the secret in it.
struct Example {
  std::string text;
  std::string secret;
};

// Made from the rule's shape or its `examples`: the same for the same seed.
// Never a real secret: the characters come from a small generator.
Example make_example(const TokenRule& rule, std::uint64_t seed);

// A counter-example with its shape elements filled in.
std::string fill_template(std::string_view text, std::uint64_t seed);

// The whole set as bytes, and back.  What unpack_rules() returns views `bytes`,
// which must outlive it.  REQUIRES: bytes come from pack_rules().
std::string pack_rules(const RuleSet& rules);
RuleSet unpack_rules(std::string_view bytes);

std::string pack_providers(const ProviderSet& providers);
ProviderSet unpack_providers(std::string_view bytes);

// The rules built into the program.
RuleSet builtin_rules();
ProviderSet builtin_providers();

}  // namespace overreach
