// What a JSON Web Token claims.  Nothing is verified: whoever reads it here got
// it from the provider itself.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace overreach {

// The claims of "header.claims.signature"; discarded (see
// nlohmann::json::is_discarded) when the text is none.
nlohmann::json jwt_claims(std::string_view token);

}  // namespace overreach
