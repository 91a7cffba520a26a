// Private keys and certificates for tests, made on the spot: worth nothing.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace overreach {

struct MadeCertificate {
  std::string key;          // PEM, PKCS#8
  std::string certificate;  // PEM
};

class CertificateMaker {
 public:
  CertificateMaker() : key_(EVP_EC_gen("P-256"), EVP_PKEY_free) {}

  // In the subject: {"CN", "a.example"}.
  CertificateMaker& subject(std::string part, std::string value) {
    subject_.emplace_back(std::move(part), std::move(value));
    return *this;
  }
  // As configuration files of OpenSSL write it.
  CertificateMaker& extension(int kind, std::string value) {
    extensions_.emplace_back(kind, std::move(value));
    return *this;
  }

  // `ends` is seconds since 1970.  Each call makes another certificate for the
  // same key.
  MadeCertificate make(std::int64_t ends) const {
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(),
                                                           X509_free);
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_TIME_set(X509_getm_notBefore(made.get()), 0);
    ASN1_TIME_set(X509_getm_notAfter(made.get()), ends);
    X509_set_pubkey(made.get(), key_.get());
    X509_NAME* const name = X509_get_subject_name(made.get());
    for (const auto& [part, value] : subject_) {
      X509_NAME_add_entry_by_txt(
          name, part.c_str(), MBSTRING_UTF8,
          reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1, 0);
    }
    X509_set_issuer_name(made.get(), name);
    for (const auto& [kind, value] : extensions_) {
      X509_EXTENSION* const extension =
          X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
      X509_add_ext(made.get(), extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(made.get(), key_.get(), EVP_sha256());
    return {pem([&](BIO* out) {
              PEM_write_bio_PKCS8PrivateKey(out, key_.get(), nullptr, nullptr,
                                            0, nullptr, nullptr);
            }),
            pem([&](BIO* out) { PEM_write_bio_X509(out, made.get()); })};
  }

 private:
  template <typename Write>
  static std::string pem(const Write& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()),
                                                        BIO_free);
    write(out.get());
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(out.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
  }

  std::shared_ptr<EVP_PKEY> key_;
  std::vector<std::pair<std::string, std::string>> subject_;
  std::vector<std::pair<int, std::string>> extensions_;
};

}  // namespace overreach
