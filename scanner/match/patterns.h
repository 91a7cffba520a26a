// Rules that are regular expressions: few of ours, and those a team brings.
// Nothing is compiled before its keywords are seen.  Const use from any
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "scanner/core/rule.h"
#include "scanner/match/finding.h"

namespace overreach {

class Patterns {
 public:
  explicit Patterns(const RuleSet& rules);
  ~Patterns();

  // Tries our rules of `triggers` (a keyword of theirs was seen), and those of
  // the user whose keywords are in the text.
  void find(std::string_view path, std::string_view text,
            const std::vector<Trigger>& triggers, Findings& out) const;

  // Adds the identifiers (public, without keywords) that the rules of
  // `findings` name as companions: a user's name or a host, in the lines around
  // each.
  void find_beside(std::string_view text, Findings& findings) const;

  // Whether an allow list of the rule set or of the finding's rule says that
  // it is none.
  bool is_allowed(std::string_view path, std::string_view text,
                  const Finding& finding) const;

 private:
  struct Compiled;
  void find_rule(const TokenRule& rule, std::string_view path,
                 std::string_view text, Findings& out) const;

  const RuleSet& rules_;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace overreach
