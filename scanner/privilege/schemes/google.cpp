// A Google service account key: a JWT signed with it is exchanged for an access
// token whose scope only reads.
// developers.google.com/identity/protocols/oauth2/service-account

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "scanner/base/encoding.h"
#include "scanner/privilege/schemes/exchange.h"
#include "scanner/privilege/schemes/schemes.h"
#include "scanner/privilege/template.h"

namespace overreach {
namespace {

constexpr std::string_view kScope =
    "https://www.googleapis.com/auth/cloud-platform.read-only";
constexpr std::string_view kTokenUrl = "https://oauth2.googleapis.com/token";
constexpr std::int64_t kSeconds = 600;

template <typename T, void (*Free)(T*)>
struct Freed {
  void operator()(T* value) const { Free(value); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;

std::string base64url(std::string_view bytes) {
  std::string text = encode_base64(bytes);
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  text.resize(text.find_last_not_of('=') + 1);
  return text;
}

// In JSON, line ends stand as \n.
std::string with_line_ends(std::string_view pem) {
  std::string text(pem);
  for (std::size_t at; (at = text.find("\\n")) != text.npos;) {
    text.replace(at, 2, "\n");
  }
  return text + "\n";
}

Result<std::string> rs256(std::string_view pem, std::string_view text) {
  const std::string lines = with_line_ends(pem);
  const std::unique_ptr<BIO, Freed<BIO, BIO_free_all>> in(
      BIO_new_mem_buf(lines.data(), static_cast<int>(lines.size())));
  const Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  const Digest digest(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!key || !digest ||
      EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr,
                         key.get()) != 1 ||
      EVP_DigestSignUpdate(digest.get(), text.data(), text.size()) != 1 ||
      EVP_DigestSignFinal(digest.get(), nullptr, &size) != 1) {
    return fail("its private key cannot be used");
  }
  std::string signature(size, '\0');
  EVP_DigestSignFinal(digest.get(),
                      reinterpret_cast<unsigned char*>(signature.data()),
                      &size);
  signature.resize(size);
  return signature;
}

}  // namespace

Status sign_google(const Words& words, SchemeInput& input,
                   HttpRequest& request) {
  TRY_ASSIGN(const std::string scope, filled(words, 1, kScope, input));
  const auto email = input.expand("{fact.client_email}");
  if (!email) return fail("its client_email is not known");
  nlohmann::json head = {{"alg", "RS256"}, {"typ", "JWT"}};
  if (auto id = input.expand("{fact.private_key_id}")) head["kid"] = *id;
  // The audience is Google's own, whatever the key file says.
  const nlohmann::json claims = {{"iss", *email},
                                 {"scope", scope},
                                 {"aud", kTokenUrl},
                                 {"iat", input.now},
                                 {"exp", input.now + kSeconds}};
  const std::string text =
      base64url(head.dump()) + "." + base64url(claims.dump());
  TRY_ASSIGN(const std::string signature,
             rs256(input.credential.secret.reveal(), text));
  const std::string url =
      input.expand("{endpoint}/token").value_or(std::string(kTokenUrl));
  TRY_ASSIGN(const std::string token,
             exchange(url,
                      "grant_type=" +
                          percent_encoded("urn:ietf:params:oauth:grant-type:"
                                          "jwt-bearer") +
                          "&assertion=" + text + "." + base64url(signature),
                      input, request));
  request.headers.emplace_back("Authorization", "Bearer " + token);
  return {};
}

}  // namespace overreach
