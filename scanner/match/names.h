// What a name says about the value it is given: DB_PASSWORD, apiKey,
// "client-secret".  Names are compared without case and separators.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

enum class NameKind : std::uint8_t {
  none,  // not the name of a secret: publicKey, password_field
  password,
  secret,
  token,
  api_key,  // a key that can only be a secret: api key, private key ...
  any_key,  // "key", "auth", "salt": only with a value that looks random
  hash,     // a stored hash: passwordHash, passsha256
  user,     // user, login: not a secret, but what stands beside one
};

NameKind kind_of_name(std::string_view name);

// Lower-case letters and digits only.
std::string normalized(std::string_view name);

// The same without memory of its own, unless the name is very long.
class Folded {
 public:
  explicit Folded(std::string_view name);
  Folded(const Folded&) = delete;
  Folded& operator=(const Folded&) = delete;
  std::string_view text() const { return text_; }

 private:
  std::array<char, 128> near_;
  std::string far_;
  std::string_view text_;
};

// The words of a name, lower case: "dbRootPassword" -> db, root, password.
// Views into `storage`, which is overwritten.
std::vector<std::string_view> words_of(std::string_view name,
                                       std::string& storage);

}  // namespace overreach
