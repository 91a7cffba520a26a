#include "scanner/privilege/scram.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <charconv>
#include <vector>

#include "scanner/base/encoding.h"

namespace overreach {
namespace {

// A server that asks for fewer rounds could guess faster, one that asks for
// more would only keep us busy.  RFC 7677: at least 4096.
constexpr int kLeastRounds = 4096;
constexpr int kMostRounds = 1'000'000;

const EVP_MD* digest_of(Scram::Hash hash) {
  return hash == Scram::Hash::sha1 ? EVP_sha1() : EVP_sha256();
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hmac(const EVP_MD* digest, std::string_view key,
                 std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  HMAC(digest, key.data(), static_cast<int>(key.size()), bytes_of(text),
       text.size(), out.data(), &size);
  return {out.begin(), out.begin() + size};
}

std::string hashed(const EVP_MD* digest, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), out.data(), &size, digest, nullptr);
  return {out.begin(), out.begin() + size};
}

std::string salted(const EVP_MD* digest, std::string_view password,
                   std::string_view salt, int rounds) {
  std::vector<unsigned char> out(
      static_cast<std::size_t>(EVP_MD_get_size(digest)));
  PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                    bytes_of(salt), static_cast<int>(salt.size()), rounds,
                    digest, static_cast<int>(out.size()), out.data());
  return {out.begin(), out.end()};
}

// "r=abc,s=def,i=4096": the value of an attribute; empty when it is missing.
std::string_view attribute(std::string_view message, char name) {
  while (!message.empty()) {
    const std::size_t end = std::min(message.find(','), message.size());
    const std::string_view part = message.substr(0, end);
    if (part.size() > 2 && part[0] == name && part[1] == '=') {
      return part.substr(2);
    }
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  return {};
}

std::string escaped_name(std::string_view user) {
  std::string name;
  for (const char c : user) {
    name += c == '=' ? "=3D" : c == ',' ? "=2C" : std::string(1, c);
  }
  return name;
}

}  // namespace

Scram::Scram(Hash hash, std::string_view user, Secret password,
             std::string_view nonce)
    : hash_(hash),
      bare_("n=" + escaped_name(user) + ",r=" + std::string(nonce)),
      nonce_(nonce),
      password_(std::move(password)) {}

std::string Scram::first() const { return "n,," + bare_; }

Result<std::string> Scram::answer(std::string_view server_first) {
  const std::string_view nonce = attribute(server_first, 'r');
  const auto salt = decode_base64(attribute(server_first, 's'));
  const std::string_view count = attribute(server_first, 'i');
  int rounds = 0;
  std::from_chars(count.data(), count.data() + count.size(), rounds);
  if (!nonce.starts_with(nonce_) || nonce.size() == nonce_.size() || !salt ||
      salt->empty() || rounds < kLeastRounds || rounds > kMostRounds) {
    return fail("the server's part of the login is not as it should be");
  }
  const EVP_MD* const digest = digest_of(hash_);
  const std::string key = salted(digest, password_.reveal(), *salt, rounds);
  const std::string client = hmac(digest, key, "Client Key");
  const std::string without_proof = "c=biws,r=" + std::string(nonce);
  const std::string all =
      bare_ + "," + std::string(server_first) + "," + without_proof;
  server_signature_ = hmac(digest, hmac(digest, key, "Server Key"), all);
  std::string proof = hmac(digest, hashed(digest, client), all);
  for (std::size_t i = 0; i < proof.size(); ++i) {
    proof[i] = static_cast<char>(proof[i] ^ client[i]);
  }
  return without_proof + ",p=" + encode_base64(proof);
}

Status Scram::verify(std::string_view server_last) const {
  const auto signature = decode_base64(attribute(server_last, 'v'));
  if (signature && !server_signature_.empty() &&
      signature->size() == server_signature_.size() &&
      CRYPTO_memcmp(signature->data(), server_signature_.data(),
                    signature->size()) == 0) {
    return {};
  }
  return fail("the server does not prove that it knows the password");
}

std::string scram_nonce() {
  std::array<unsigned char, 18> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  return encode_base64(
      {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace overreach
