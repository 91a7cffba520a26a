#include "scanner/privilege/jwt_claims.h"

#include "scanner/base/encoding.h"
#include "scanner/privilege/facts_decoders.h"

namespace overreach {

nlohmann::json jwt_claims(std::string_view token) {
  const std::size_t dot = token.find('.');
  if (dot == token.npos) return parse_object("");
  const std::string_view rest = token.substr(dot + 1);
  const auto claims = decode_base64(rest.substr(0, rest.find('.')));
  return parse_object(claims.value_or(""));
}

}  // namespace overreach
