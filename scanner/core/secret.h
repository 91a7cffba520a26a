// A secret value.  It does not print, compare or convert by accident: the only
// two ways out are reveal(), which a reader of the code can search for, and
// redacted(), the choke point of every output.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace overreach {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view value) : value_(value) {}
  ~Secret();
  Secret(const Secret&) = default;
  Secret(Secret&&) noexcept = default;
  Secret& operator=(const Secret&) = default;
  Secret& operator=(Secret&&) noexcept = default;

  // The bytes themselves.  The view dies with the Secret.
  std::string_view reveal() const& { return value_; }
  std::string_view reveal() && = delete;

  bool empty() const { return value_.empty(); }
  std::size_t size() const { return value_.size(); }

  // The first `public_prefix` bytes (a prefix that is the same for every
  // secret of its kind) and at most 4 more, then dots: "ghp_SYNT...".
  // At most a quarter of what follows the prefix is shown, and of a value with
  // no public prefix of fewer than 16 bytes nothing but its length.  Of a block
  // (PEM, or several lines) its public prefix as a label, and its size:
  // "OPENSSH PRIVATE KEY (2,590 bytes)".
  std::string redacted(std::size_t public_prefix) const;

  friend bool operator==(const Secret& a, const Secret& b) {
    return a.value_ == b.value_;
  }

 private:
  std::string value_;
};

// A view of text that may hold a secret: like Secret it does not print, compare
// or convert by accident.  Dies with the text it is a view of.
class SecretView {
 public:
  SecretView() = default;
  explicit SecretView(std::string_view value) : value_(value) {}

  std::string_view reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  std::size_t size() const { return value_.size(); }

 private:
  std::string_view value_;
};

// Replaces every occurrence of `secret` in `text` by dots.  For texts that a
// person reads and that quote scanned content (paths, keys, messages).
std::string without_secret(std::string_view text, const Secret& secret);

}  // namespace overreach
