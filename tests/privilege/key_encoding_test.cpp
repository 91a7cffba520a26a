// Public keys read out of DER, compared with what OpenSSL makes of it.

#include "scanner/privilege/key_encoding.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

namespace overreach {
namespace {

using Pair = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Pair owned(EVP_PKEY* pair) { return {pair, EVP_PKEY_free}; }

template <typename Encode, typename Value>
std::string der(const Encode& encode, Value* value) {
  unsigned char* bytes = nullptr;
  const int size = encode(value, &bytes);
  EXPECT_GT(size, 0);
  std::string text(reinterpret_cast<char*>(bytes),
                   static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return text;
}

// PKCS #8: what "PRIVATE KEY" stands for.
std::string enveloped(EVP_PKEY* pair) {
  PKCS8_PRIV_KEY_INFO* const info = EVP_PKEY2PKCS8(pair);
  std::string text = der(i2d_PKCS8_PRIV_KEY_INFO, info);
  PKCS8_PRIV_KEY_INFO_free(info);
  return text;
}

// "RSA PRIVATE KEY", "EC PRIVATE KEY".
std::string bare(EVP_PKEY* pair) { return der(i2d_PrivateKey, pair); }

TEST(KeyEncoding, ThePairOfAPrivateKey) {
  for (const Pair& pair :
       {owned(EVP_RSA_gen(512)), owned(EVP_RSA_gen(2048)),
        owned(EVP_EC_gen("P-256")), owned(EVP_EC_gen("P-521")),
        owned(EVP_EC_gen("secp256k1"))}) {
    ASSERT_TRUE(pair);
    const std::string expected = der(i2d_PUBKEY, pair.get());
    EXPECT_EQ(paired_key(enveloped(pair.get())), expected);
    EXPECT_EQ(paired_key(bare(pair.get())), expected);
  }
}

TEST(KeyEncoding, OthersAreNotRead) {
  const Pair edwards = owned(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  EXPECT_EQ(paired_key(enveloped(edwards.get())), "");
  // Without its public half.
  const Pair lone = owned(EVP_EC_gen("P-256"));
  ASSERT_EQ(
      EVP_PKEY_set_int_param(lone.get(), OSSL_PKEY_PARAM_EC_INCLUDE_PUBLIC, 0),
      1);
  EXPECT_EQ(paired_key(enveloped(lone.get())), "");
  EXPECT_EQ(paired_key("no key"), "");
}

TEST(KeyEncoding, CutAnywhereItIsNotReadBeyondItsEnd) {
  const Pair pair = owned(EVP_EC_gen("P-256"));
  const std::string whole = enveloped(pair.get());
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(),
                                                                X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  X509_set_pubkey(certificate.get(), pair.get());
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), 0);
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), 1);
  X509_sign(certificate.get(), pair.get(), EVP_sha256());
  const std::string signed_key = der(i2d_X509, certificate.get());
  EXPECT_EQ(certified_key(signed_key), der(i2d_PUBKEY, pair.get()));
  for (const std::string& text : {whole, signed_key}) {
    for (std::size_t size = 0; size < text.size(); ++size) {
      // A copy of its own, so that a tool sees a read behind it.
      const std::unique_ptr<char[]> copy(new char[size]);
      text.copy(copy.get(), size);
      const std::string_view part(copy.get(), size);
      EXPECT_EQ(paired_key(part), "");
      EXPECT_EQ(certified_key(part), "");
    }
  }
}

}  // namespace
}  // namespace overreach
