// What a name says about the value it is given: DB_PASSWORD, apiKey,
// "client-secret".  Names are compared without case and separators.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
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

// The last word of a name decides about most, which are no secrets': whether
// kind_of_name() is none for every name that ends with this one.
std::string_view last_word(std::string_view name);
bool ends_harmless(std::string_view last_word);

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
// Without memory of its own, unless the name is very long.
class NameWords {
 public:
  explicit NameWords(std::string_view name);
  NameWords(const NameWords&) = delete;
  NameWords& operator=(const NameWords&) = delete;
  std::span<const std::string_view> list() const {
    return many_.empty() ? std::span(few_.data(), count_) : std::span(many_);
  }

 private:
  void add(std::string_view word);

  std::array<char, 64> near_;
  std::string far_;
  std::array<std::string_view, 8> few_;
  std::size_t count_ = 0;
  std::vector<std::string_view> many_;  // all of them, if there are more
};

}  // namespace overreach
