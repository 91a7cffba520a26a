// A policy document of AWS's Identity and Access Management, as values.
// docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/privilege/iam_pattern.h"

namespace overreach {

struct IamStatement {
  bool allows = false;  // or denies
  // Exactly one of each pair is given; the other is empty.
  std::vector<IamPattern> actions, not_actions;
  std::vector<IamPattern> resources, not_resources;
  bool has_condition = false;
};

struct IamPolicy {
  std::vector<IamStatement> statements;
};

// What is known of who asks, for policy variables.
struct IamPrincipal {
  std::string user;     // ${aws:username}; empty: not known, or no user
  std::string account;  // ${aws:PrincipalAccount}
};

// Takes JSON, or JSON in percent encoding as IAM's replies have it.  Statements
// that are none are left out; nothing when the text is no policy.
std::optional<IamPolicy> parse_iam_policy(std::string_view text,
                                          const IamPrincipal& principal = {});

}  // namespace overreach
