// A scheme on its own: what it knows, what it is answered, what it made of the
// request.  Keys are made anew for every test.
#pragma once

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scanner/base/encoding.h"
#include "scanner/privilege/schemes/scheme.h"
#include "scanner/privilege/template.h"

namespace overreach {

class AnsweringTransport : public Transport {
 public:
  HttpReply send(const HttpRequest& request) override {
    asked.push_back(request);
    return reply;
  }
  std::vector<HttpRequest> asked;
  HttpReply reply;
};

class SchemesFixture : public testing::Test {
 protected:
  Status sign_with(const std::vector<std::string>& words) {
    const Lookup lookup =
        [this](std::string_view name) -> std::optional<std::string> {
      const auto at = known_.find(name);
      if (at == known_.end()) return std::nullopt;
      return at->second;
    };
    SchemeInput input{
        credential_, now_,
        [&](std::string_view text) { return expand(text, lookup); }, transport_,
        session_};
    return sign(words, input, request_);
  }

  void set_secret(const std::string& secret) {
    credential_.secret = Secret(secret);
    known_["secret"] = secret;
  }

  // The last of that name: a test may sign several times.
  std::string header(const std::string& name) const {
    std::string found;
    for (const auto& [key, value] : request_.headers) {
      if (key == name) found = value;
    }
    return found;
  }

  Credential credential_;
  std::int64_t now_ = 0;
  std::map<std::string, std::string, std::less<>> known_;
  std::map<std::string, std::string> session_;
  AnsweringTransport transport_;
  HttpRequest request_;
};

using OpenSslKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

inline std::string pem_of(EVP_PKEY* key, const char* password = nullptr) {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()),
                                                          &BIO_free_all);
  PEM_write_bio_PKCS8PrivateKey(out.get(), key,
                                password ? EVP_aes_128_cbc() : nullptr,
                                password, password ? 4 : 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

class RsaPair {
 public:
  RsaPair() : key_(EVP_RSA_gen(2048), &EVP_PKEY_free) {}

  std::string pem() const { return pem_of(key_.get()); }
  std::string encrypted_pem() const { return pem_of(key_.get(), "none"); }

  std::string fingerprint() const {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key_.get(), &der);
    unsigned char digest[16];
    EVP_Digest(der, static_cast<std::size_t>(size), digest, nullptr, EVP_md5(),
               nullptr);
    OPENSSL_free(der);
    const std::string hex =
        encode_hex({reinterpret_cast<const char*>(digest), sizeof digest});
    std::string text;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
      text += (i == 0 ? "" : ":") + hex.substr(i, 2);
    }
    return text;
  }

  bool verifies(const std::string& text, const std::string& signature) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(
        EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr,
                         key_.get());
    return EVP_DigestVerify(
               digest.get(),
               reinterpret_cast<const unsigned char*>(signature.data()),
               signature.size(),
               reinterpret_cast<const unsigned char*>(text.data()),
               text.size()) == 1;
  }

 private:
  OpenSslKey key_;
};

inline std::string elliptic_pem() {
  const OpenSslKey key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  return pem_of(key.get());
}

}  // namespace overreach
