// Replies to SelfSubjectRulesReview, as values.
// kubernetes.io/docs/reference/kubernetes-api/authorization-resources/
// self-subject-rules-review-v1
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

struct KubeRule {
  std::vector<std::string> verbs, groups, resources;
  std::vector<std::string> names;  // empty: all

  bool is_everything() const;  // every verb on every resource
  bool covers(std::string_view verb, std::string_view group,
              std::string_view resource) const;
};

struct KubeRules {
  std::vector<KubeRule> rules;
  bool is_incomplete = false;  // webhooks and clouds may allow more
};

// The whole reply or its "status"; nothing when it is neither.
std::optional<KubeRules> parse_kube_rules(std::string_view text);

}  // namespace overreach
