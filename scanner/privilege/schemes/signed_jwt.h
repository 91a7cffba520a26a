// JSON Web Tokens signed with an RSA key (RFC 7519, RS256).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

// `key_id` stands in the header, unless it is empty.  The error says what is
// wrong with the key, never the key.
Result<std::string> signed_jwt(std::string_view pem, const std::string& key_id,
                               const nlohmann::json& claims);

}  // namespace overreach
