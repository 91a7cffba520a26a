// What .gitleaksignore files allow: places that a team has looked at.  A line
// is a fingerprint, `path:rule:line` or `commit:path:rule:line`; any other line
// is a comment to us.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/report.h"
#include "scanner/core/rule.h"

namespace overreach {

class GitleaksIgnore {
 public:
  // Keeps a reference to `rules`, which must outlive it.
  explicit GitleaksIgnore(const RuleSet& rules) : rules_(rules) {}

  // Adds the file of `folder`, if there is one.  Of its paths only those count
  // that begin with `from`; in places they begin with `to` instead.
  void read(const std::string& folder, std::string_view from,
            std::string_view to);
  void add(std::string_view text, std::string_view from, std::string_view to);

  // Path and line decide.  The rule does too where it is one of ours and not
  // generic: gitleaks has other names, and calls generic what we know better.
  // The commit does where the place has one.
  bool allows(const Place& place, std::string_view rule) const;

 private:
  struct Fingerprint {
    std::uint32_t line;
    std::string rule, commit;  // empty: any
  };
  void add_line(std::string_view line, std::string_view from,
                std::string_view to);

  const RuleSet& rules_;
  std::map<std::string, std::vector<Fingerprint>, std::less<>> by_path_;
};

}  // namespace overreach
