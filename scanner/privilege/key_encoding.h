// Where the public key stands in the DER of a certificate and of a private key.
// OpenSSL would read all of either, which takes a thousand times longer.
// Source: RFC 5280 4.1, RFC 5208 5, RFC 8017 A.1, RFC 5915 3.
#pragma once

#include <string>
#include <string_view>

namespace overreach {

// The key that a certificate was made for, as it stands there
// (SubjectPublicKeyInfo); empty if it is not whole.
std::string_view certified_key(std::string_view certificate);

// The same of the pair that a private key is half of: RSA, or of elliptic
// curves where its public half stands beside it, in PKCS #8 or in a form of
// their own.  Empty for other keys.
std::string paired_key(std::string_view private_key);

}  // namespace overreach
