// What the certificates of a tree say about its private keys: a key that a
// certificate was made for belongs to the server, client or authority that it
// names, as long as it has not expired.  Nobody is asked.
// Source: RFC 5280 4.1.2, 4.2.1.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "scanner/core/report.h"

namespace overreach {

// X.509 certificates, each once.
class Certificates {
 public:
  // Keeps those that stand in `text`: PEM blocks, and base64 of such blocks.
  void add(std::string_view text);
  void merge(Certificates&& other);

  // Adds to the facts of the private keys among `credentials` that one of them
  // was made for, of several the one that lasts longest:
  //   certificate          a name it was made for
  //   certificate-expires  a date
  //   certificate-use      authority, server, client, code-signing or
  //                        kubernetes-admin; expired; absent if it does not say
  // Encrypted keys and those of OpenSSH are left out.  `now` is seconds since
  // 1970.
  void describe_keys(std::int64_t now, std::span<Credential> credentials) const;

 private:
  std::set<std::string> encoded_;  // DER
};

// Whether a file of this name holds certificates, if it holds anything.
bool is_certificate_file(std::string_view path);

}  // namespace overreach
