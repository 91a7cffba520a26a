#include "scanner/match/patterns.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>

#include "scanner/base/text.h"
#include "scanner/match/lines.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

constexpr int kBesideLines = 20;
constexpr std::size_t kMaxBesideBytes = 4096;  // on each side

// Where the line begins that is so many lines before; long lines are cut.
std::size_t lines_before(std::string_view text, std::size_t at, int lines) {
  const std::size_t limit = at - std::min(at, kMaxBesideBytes);
  while (at > limit && (text[at - 1] != '\n' || lines-- > 0)) --at;
  return at;
}

std::size_t lines_behind(std::string_view text, std::size_t at, int lines) {
  const std::size_t limit = at + std::min(text.size() - at, kMaxBesideBytes);
  while (at < limit && (text[at] != '\n' || lines-- > 0)) ++at;
  return at;
}

bool overlap(const Finding& a, const Finding& b) {
  return a.begin < b.end && b.begin < a.end;
}

// One that knows more than that its name sounds secret.
bool overlaps_one(const Finding& finding, const Findings& others) {
  return std::any_of(others.begin(), others.end(), [&](const Finding& other) {
    return overlap(finding, other) && other.rule->provider != "generic";
  });
}

bool contains_folded(std::string_view text, std::string_view lower_word) {
  const auto found = std::search(
      text.begin(), text.end(), lower_word.begin(), lower_word.end(),
      [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
      });
  return found != text.end();
}

}  // namespace

// Expressions by their text, compiled at first use.
struct Patterns::Compiled {
  const RE2& get(std::string_view pattern) {
    const std::lock_guard lock(mutex);
    std::unique_ptr<RE2>& entry = expressions[std::string(pattern)];
    if (!entry) {
      RE2::Options options(RE2::Quiet);
      options.set_max_mem(64 << 20);
      entry = std::make_unique<RE2>(piece(pattern), options);
    }
    return *entry;
  }
  bool matches(std::string_view pattern, std::string_view text) {
    return RE2::PartialMatch(piece(text), get(pattern));
  }
  static RE2::Options folded() {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(false);
    options.set_literal(true);
    options.set_max_mem(64 << 20);
    return options;
  }
  // Keywords of the user's rules, all looked for in one pass.
  RE2::Set words{folded(), RE2::UNANCHORED};
  std::vector<std::uint32_t> word_rules;  // rule of each keyword
  std::vector<std::uint32_t> always;      // rules without keywords
  std::mutex mutex;
  std::map<std::string, std::unique_ptr<RE2>> expressions;  // by mutex
};

Patterns::Patterns(const RuleSet& rules)
    : rules_(rules), compiled_(std::make_unique<Compiled>()) {
  for (std::uint32_t i = 0; i < rules.tokens.size(); ++i) {
    const TokenRule& rule = rules.tokens[i];
    if (!rule.is_custom || rule.finder != Finder::pattern) continue;
    if (rule.keywords.empty()) {
      compiled_->always.push_back(i);
      continue;
    }
    for (const std::string_view word : rule.keywords) {
      if (compiled_->words.Add(piece(word), nullptr) >= 0) {
        compiled_->word_rules.push_back(i);
      }
    }
  }
  if (!compiled_->word_rules.empty()) compiled_->words.Compile();
}

Patterns::~Patterns() = default;

void Patterns::find(std::string_view path, std::string_view text,
                    const std::vector<Trigger>& triggers, Findings& out) const {
  std::vector<std::uint32_t> triggered = compiled_->always;
  for (const Trigger& trigger : triggers) triggered.push_back(trigger.rule);
  if (!compiled_->word_rules.empty()) {
    std::vector<int> seen;
    compiled_->words.Match(piece(text), &seen);
    for (const int word : seen) {
      triggered.push_back(
          compiled_->word_rules[static_cast<std::size_t>(word)]);
    }
  }
  std::sort(triggered.begin(), triggered.end());
  triggered.erase(std::unique(triggered.begin(), triggered.end()),
                  triggered.end());
  for (const std::uint32_t rule : triggered) {
    find_rule(rules_.tokens[rule], path, text, out);
  }
}

void Patterns::find_beside(std::string_view text, Findings& findings) const {
  struct Search {
    const TokenRule* rule;
    std::size_t begin, end;
  };
  std::vector<Search> searches;
  for (const Finding& leader : findings) {
    for (const CompanionRule& companion : leader.rule->companions) {
      const TokenRule* const rule = rules_.find(companion.rule);
      if (!rule || rule->pattern.empty() || !rule->keywords.empty()) continue;
      searches.push_back({rule, lines_before(text, leader.begin, kBesideLines),
                          lines_behind(text, leader.end, kBesideLines)});
    }
  }
  for (const auto& [rule, begin, end] : searches) {
    Findings found;
    find_rule(*rule, {}, text.substr(begin, end - begin), found);
    for (Finding& finding : found) {
      finding.begin += begin;
      finding.end += begin;
      if (overlaps_one(finding, findings)) continue;
      std::erase_if(findings, [&](const Finding& other) {
        return overlap(finding, other);
      });
      findings.push_back(std::move(finding));
    }
  }
}

void Patterns::find_rule(const TokenRule& rule, std::string_view path,
                         std::string_view text, Findings& out) const {
  if (!rule.path_pattern.empty() &&
      !compiled_->matches(rule.path_pattern, path)) {
    return;
  }
  if (rule.pattern.empty()) {  // a rule for a path only
    Finding finding;
    finding.rule = &rule;
    finding.end = text.size();
    finding.confidence = rule.confidence;
    finding.reasons = {"a rule of the user names the file"};
    out.push_back(std::move(finding));
    return;
  }
  const RE2& expression = compiled_->get(rule.pattern);
  if (!expression.ok()) return;
  const int groups = std::min(expression.NumberOfCapturingGroups(), 15);
  int wanted = static_cast<int>(rule.secret_group);
  const auto& names = expression.NamedCapturingGroups();
  if (const auto named = names.find("secret");
      wanted == 0 && named != names.end()) {
    wanted = named->second;
  }
  if (wanted == 0 && groups > 0) wanted = 1;
  re2::StringPiece found[16];
  std::size_t at = 0;
  while (at <= text.size() &&
         expression.Match(piece(text), at, text.size(), RE2::UNANCHORED, found,
                          groups + 1)) {
    const re2::StringPiece& secret =
        wanted <= groups && found[wanted].data() ? found[wanted] : found[0];
    at = static_cast<std::size_t>(found[0].data() - text.data()) +
         std::max<std::size_t>(found[0].size(), 1);
    if (secret.empty()) continue;
    Finding finding;
    finding.rule = &rule;
    finding.begin = static_cast<std::size_t>(secret.data() - text.data());
    finding.end = finding.begin + secret.size();
    if (rule.min_entropy > 0 &&
        entropy(text.substr(finding.begin, secret.size())) < rule.min_entropy) {
      continue;
    }
    if (!rule.is_custom && !rule.is_public &&
        is_placeholder(text.substr(finding.begin, secret.size()))) {
      continue;
    }
    finding.confidence = rule.confidence;
    finding.reasons = {rule.is_custom ? "a rule of the user matches"
                                      : "the text has the rule's form"};
    finding.priority = kByForm;
    out.push_back(std::move(finding));
  }
}

bool Patterns::is_allowed(std::string_view path, std::string_view text,
                          const Finding& finding) const {
  const std::string_view secret =
      text.substr(finding.begin, finding.end - finding.begin);
  const auto holds = [&](const Allowance& allowance) {
    if (!allowance.rules.empty() &&
        std::find(allowance.rules.begin(), allowance.rules.end(),
                  finding.rule->id) == allowance.rules.end()) {
      return false;
    }
    std::string_view target = secret;
    if (allowance.target != Allowance::Target::secret) {
      target = line_around(text, finding.begin);
    }
    int given = 0, held = 0;
    const auto count = [&](const auto& list, const auto& test) {
      if (list.empty()) return;
      ++given;
      held += std::any_of(list.begin(), list.end(), test);
    };
    count(allowance.paths, [&](std::string_view pattern) {
      return compiled_->matches(pattern, path);
    });
    count(allowance.patterns, [&](std::string_view pattern) {
      return compiled_->matches(pattern, target);
    });
    count(allowance.stopwords, [&](std::string_view word) {
      return contains_folded(secret, lower_case(word));
    });
    return given > 0 && (allowance.all ? held == given : held > 0);
  };
  return std::any_of(rules_.allowances.begin(), rules_.allowances.end(),
                     holds) ||
         std::any_of(finding.rule->allowances.begin(),
                     finding.rule->allowances.end(), holds);
}

}  // namespace overreach
