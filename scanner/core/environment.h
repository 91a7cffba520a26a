// Which environment a name speaks of: "prod-eu-1", "STAGING_DB", "my-dev-box".
#pragma once

#include <string_view>

#include "scanner/core/report.h"

namespace overreach {

// By the words of the name; `unknown` when none speaks of an environment.  A
// word before "prod" can turn it: "nonprod", "pre-prod".
EnvironmentClass environment_of_name(std::string_view name);

}  // namespace overreach
