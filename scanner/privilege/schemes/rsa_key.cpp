#include "scanner/privilege/schemes/rsa_key.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>

#include "scanner/base/encoding.h"
#include "scanner/privilege/pem.h"

namespace overreach {
namespace {

struct FreeDigest {
  void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

bool is_encrypted(std::string_view pem) {
  return pem.find("ENCRYPTED") != pem.npos;
}

}  // namespace

void RsaKey::Free::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

Result<RsaKey> RsaKey::from_pem(std::string_view pem) {
  if (is_encrypted(pem)) return fail("its private key is encrypted");
  std::size_t at = 0;
  const auto der = next_pem(pem, "PRIVATE KEY", at);
  if (!der || der->empty()) return fail("its private key cannot be read");
  const auto* bytes = reinterpret_cast<const unsigned char*>(der->data());
  RsaKey key;
  key.key_.reset(
      d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der->size())));
  if (!key.key_ || EVP_PKEY_get_base_id(key.key_.get()) != EVP_PKEY_RSA) {
    return fail("its private key is no RSA key");
  }
  return key;
}

Result<std::string> RsaKey::sign(std::string_view text) const {
  const std::unique_ptr<EVP_MD_CTX, FreeDigest> digest(EVP_MD_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (!digest ||
      EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr,
                         key_.get()) != 1 ||
      EVP_DigestSign(digest.get(), nullptr, &size, bytes, text.size()) != 1) {
    return fail("its private key cannot sign");
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(digest.get(),
                     reinterpret_cast<unsigned char*>(signature.data()), &size,
                     bytes, text.size()) != 1) {
    return fail("its private key cannot sign");
  }
  signature.resize(size);
  return signature;
}

std::string RsaKey::fingerprint() const {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key_.get(), &der);
  if (size <= 0) return {};
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int digest_size = 0;
  const int done = EVP_Digest(der, static_cast<std::size_t>(size), digest,
                              &digest_size, EVP_md5(), nullptr);
  OPENSSL_free(der);
  if (done != 1) return {};
  std::string text;
  for (unsigned int i = 0; i < digest_size; ++i) {
    text += (i == 0 ? "" : ":") +
            encode_hex({reinterpret_cast<const char*>(digest + i), 1});
  }
  return text;
}

}  // namespace overreach
