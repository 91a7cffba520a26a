// Credentials planted as traps: whoever uses one is reported to its owner.
// Known by the account they belong to, so nobody has to be asked.
#pragma once

#include <string_view>

namespace overreach {

// Whether keys of this AWS account (12 digits) are canaries: the accounts of
// canarytokens.org and of services built like it.
bool is_aws_canary(std::string_view account);

}  // namespace overreach
