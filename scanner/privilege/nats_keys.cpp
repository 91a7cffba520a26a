#include "scanner/privilege/nats_keys.h"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"

namespace overreach {
namespace {

// A seed is two bytes of what it is, the key, and two check bytes; all in
// base32.  So is what is public, with one byte before it.
constexpr std::size_t kSeedBytes = 36, kKeyBytes = 32;
constexpr std::size_t kSeedLength = 58;
constexpr char kUser = static_cast<char>(20 << 3);  // "U" in base32

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeDigest {
  void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

std::string check_bytes(std::string_view bytes) {
  const std::uint16_t sum = crc16_xmodem(bytes);
  return {static_cast<char>(sum & 0xff), static_cast<char>(sum >> 8)};
}

unsigned char* writable(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

bool is_nats_user_seed(const Secret& text) {
  return text.reveal().size() == kSeedLength && text.reveal().starts_with("SU");
}

Result<NatsProof> sign_for_nats(const Secret& seed, std::string_view nonce) {
  const auto bytes = decode_base32(seed.reveal());
  if (!bytes || bytes->size() != kSeedBytes ||
      !bytes->ends_with(
          check_bytes(std::string_view(*bytes).substr(0, kSeedBytes - 2)))) {
    return fail("its check digits are wrong");
  }
  const std::unique_ptr<EVP_PKEY, FreeKey> key(EVP_PKEY_new_raw_private_key(
      EVP_PKEY_ED25519, nullptr,
      reinterpret_cast<const unsigned char*>(bytes->data()) + 2, kKeyBytes));
  const std::unique_ptr<EVP_MD_CTX, FreeDigest> digest(EVP_MD_CTX_new());
  std::string name(1 + kKeyBytes, kUser), signature(64, '\0');
  std::size_t key_size = kKeyBytes, size = signature.size();
  if (!key || !digest ||
      EVP_PKEY_get_raw_public_key(key.get(), writable(name) + 1, &key_size) !=
          1 ||
      EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key.get()) !=
          1 ||
      EVP_DigestSign(digest.get(), writable(signature), &size,
                     reinterpret_cast<const unsigned char*>(nonce.data()),
                     nonce.size()) != 1) {
    return fail("it cannot sign");
  }
  name += check_bytes(name);
  return NatsProof{encode_base32(name), encode_base64url(signature)};
}

}  // namespace overreach
