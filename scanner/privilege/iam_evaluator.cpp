// Evaluator "aws-iam": the policies that probes have read, as values.

#include <algorithm>
#include <utility>

#include "scanner/privilege/evaluators.h"
#include "scanner/privilege/iam_verdict.h"
#include "scanner/privilege/reply.h"

namespace overreach {
namespace {

IamIdentity identity_of(const Variables& variables) {
  IamIdentity who;
  who.arn = variables.first("arn");
  const auto parts = split_text(who.arn, ":");
  if (parts.size() > 4) {
    who.partition = parts[1];
    who.account = parts[3];
  }
  who.user = variables.first("user");
  return who;
}

void add_policies(const std::vector<std::string>& texts,
                  const IamPrincipal& principal, IamRights& rights) {
  for (const std::string& text : texts) {
    if (auto policy = parse_iam_policy(text, principal)) {
      rights.policies.push_back(std::move(*policy));
    }
  }
}

// AWS's own policies say by their names what they are, when their documents
// cannot be read.
std::optional<Evaluated> by_name(const std::vector<std::string>& names) {
  Evaluated result;
  result.level = Level::none;
  result.evidence = Evidence::inferred;
  for (const std::string& name : names) {
    const std::string_view last =
        std::string_view(name).substr(name.rfind('/') + 1);
    const Level level =
        last == "AdministratorAccess" || last == "IAMFullAccess" ? Level::root
        : last.ends_with("FullAccess") || last == "PowerUserAccess"
            ? Level::destructive
        : last.ends_with("ReadOnlyAccess") || last == "SecurityAudit" ||
                last == "ViewOnlyAccess"
            ? Level::read
            : Level::none;
    if (level <= result.level) continue;
    result.level = level;
    result.why = "has the policy " + std::string(last) +
                 " (its document cannot be read)";
  }
  if (result.level == Level::none) return std::nullopt;
  return result;
}

// Reads that AWS refused, by the ids of their probes: more rights, or fewer,
// may be in what they would have shown.
void add_unseen(const Variables& variables, Evaluated& result) {
  std::string unseen;
  constexpr std::pair<const char*, const char*> kReads[] = {
      {"attached", "its attached policies"},
      {"role-attached", "its attached policies"},
      {"versions", "documents of its policies"},
      {"documents", "documents of its policies"},
      {"inline", "its inline policies"},
      {"role-inline", "its inline policies"},
      {"inline-documents", "documents of its inline policies"},
      {"role-documents", "documents of its inline policies"},
      {"groups", "its groups"},
      {"group-attached", "policies of its groups"},
      {"group-inline", "inline policies of its groups"},
      {"group-documents", "documents of its groups' policies"},
      {"self", "its permissions boundary"},
      {"role-self", "its permissions boundary"},
      {"boundary-version", "the document of its permissions boundary"},
      {"boundary-document", "the document of its permissions boundary"}};
  for (const auto& [probe, what] : kReads) {
    if (unseen.find(what) != std::string::npos) continue;
    if (variables.first(probe) != "denied") continue;
    unseen += (unseen.empty() ? "" : ", ") + std::string(what);
  }
  if (unseen.empty()) return;
  result.evidence = std::min(result.evidence, Evidence::inferred);
  result.why += "; not seen: " + unseen;
}

void add_quarantine(const Variables& variables, Evaluated& result) {
  for (const std::string& name : variables.all("policy_names")) {
    if (name.find("AWSCompromisedKeyQuarantine") == std::string::npos) continue;
    result.why += "; AWS has found the key in public and restricted it";
    return;
  }
}

}  // namespace

std::optional<Evaluated> evaluate_aws_iam(const Variables& variables) {
  const IamIdentity who = identity_of(variables);
  const IamPrincipal principal{who.user, who.account};
  IamRights rights;
  add_policies(variables.all("identity_policies"), principal, rights);
  add_policies(variables.all("group_policies"), principal, rights);
  if (const auto text = variables.first("boundary"); !text.empty()) {
    rights.boundary = parse_iam_policy(text, principal);
  }
  std::optional<Evaluated> result;
  if (rights.policies.empty()) {
    result = by_name(variables.all("policy_names"));
    if (!result) return std::nullopt;
  } else {
    result = judge_iam(rights, who);
  }
  add_unseen(variables, *result);
  add_quarantine(variables, *result);
  return result;
}

}  // namespace overreach
