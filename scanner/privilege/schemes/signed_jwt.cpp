#include "scanner/privilege/schemes/signed_jwt.h"

#include "scanner/base/encoding.h"
#include "scanner/privilege/schemes/rsa_key.h"

namespace overreach {
namespace {

std::string part(const nlohmann::json& json) {
  return encode_base64url(
      json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

Result<std::string> signed_jwt(std::string_view pem, const std::string& key_id,
                               const nlohmann::json& claims) {
  TRY_ASSIGN(const RsaKey key, RsaKey::from_pem(pem));
  nlohmann::json head = {{"alg", "RS256"}, {"typ", "JWT"}};
  if (!key_id.empty()) head["kid"] = key_id;
  const std::string text = part(head) + "." + part(claims);
  TRY_ASSIGN(const std::string signature, key.sign(text));
  return text + "." + encode_base64url(signature);
}

}  // namespace overreach
