// What policies of one principal allow together: any explicit deny wins, then
// some statement has to allow it, and so has the permissions boundary.
// docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
//
// Not looked at: policies of resources, of organizations and of sessions, and
// what a condition says.  An Allow with a condition may hold, so may a Deny.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scanner/privilege/iam_policy.h"

namespace overreach {

struct IamRights {
  std::vector<IamPolicy> policies;    // of the user, its groups, or the role
  std::optional<IamPolicy> boundary;  // absent: none
};

// In rising order.
enum class IamAnswer { denied, may, allowed };

// For one resource; "*" for an operation that is about none.
IamAnswer ask_iam(const IamRights& rights, std::string_view action,
                  std::string_view resource);

struct IamExtent {
  IamAnswer answer = IamAnswer::denied;
  std::vector<IamPattern> resources;  // those of `form` it is about
};

// For all resources of a form ("arn:*:rds:*:*:db:*"): where the action is
// allowed.  Resources inside of a pattern may still be denied.
IamExtent extent_of(const IamRights& rights, std::string_view action,
                    const IamPattern& form);

// Whether some statement that allows is about an action of this service.
bool mentions_service(const IamRights& rights, std::string_view service);

}  // namespace overreach
