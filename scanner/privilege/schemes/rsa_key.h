// RSA keys that sign requests.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

class RsaKey {
 public:
  // From a PEM block as files and JSON texts hold it: with line ends, with
  // "\n" in two characters, indented.  An encrypted key is an error: nobody is
  // asked for its password.
  static Result<RsaKey> from_pem(std::string_view pem);

  // RSASSA-PKCS1-v1_5 with SHA-256, in bytes.
  Result<std::string> sign(std::string_view text) const;

  // MD5 of the public key, "20:3b:97:...", as Oracle names keys.
  std::string fingerprint() const;

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const;
  };
  std::unique_ptr<EVP_PKEY, Free> key_;
};

}  // namespace overreach
