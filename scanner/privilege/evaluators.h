// The languages of policies, one function each; evaluate.cpp finds them by
// name.
#pragma once

#include <optional>

#include "scanner/privilege/evaluate.h"

namespace overreach {

std::optional<Evaluated> evaluate_aws_iam(const Variables& variables);

}  // namespace overreach
