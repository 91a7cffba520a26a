// What the policies of one principal of AWS come to: a level and its reason,
// and the operations that destroy.
#pragma once

#include <string>

#include "scanner/privilege/evaluate.h"
#include "scanner/privilege/iam_evaluate.h"

namespace overreach {

// "arn:aws:iam::123456789012:user/ops/ada" and its parts; empty: not known, or
// no user.
struct IamIdentity {
  std::string arn, partition = "aws", account, user;
};

Evaluated judge_iam(const IamRights& rights, const IamIdentity& who);

}  // namespace overreach
