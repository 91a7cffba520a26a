// SCRAM: logging in without handing the password over, while the server proves
// that it knows it too.  RFC 5802 (SHA-1), RFC 7677 (SHA-256)
#pragma once

#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/core/secret.h"

namespace overreach {

class Scram {
 public:
  enum class Hash { sha1, sha256 };

  // `nonce` is random, printable, without commas.
  Scram(Hash hash, std::string_view user, Secret password,
        std::string_view nonce);

  // The three messages in order: what the client says first, its answer to the
  // server's first, and whether the server's last is the right one.
  std::string first() const;
  Result<std::string> answer(std::string_view server_first);
  Status verify(std::string_view server_last) const;

 private:
  Hash hash_;
  std::string bare_, nonce_;
  Secret password_;
  std::string server_signature_;
};

// 18 random bytes in base64.
std::string scram_nonce();

}  // namespace overreach
