// The name of an object: the hash of its content.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace overreach {

enum class HashKind : std::uint8_t { sha1, sha256 };

constexpr std::size_t id_size(HashKind kind) {
  return kind == HashKind::sha1 ? 20 : 32;
}

class ObjectId {
 public:
  static constexpr std::size_t kMaxBytes = 32;

  ObjectId() = default;  // of no object
  // REQUIRES: 20 (SHA-1) or 32 (SHA-256) bytes, not hex digits.
  explicit ObjectId(std::string_view bytes)
      : size_(static_cast<std::uint8_t>(bytes.size())) {
    std::memcpy(bytes_.data(), bytes.data(), size_);
  }
  // Nothing for what is not 40 or 64 hex digits.
  static std::optional<ObjectId> from_hex(std::string_view digits);

  std::string_view bytes() const& { return {bytes_.data(), size_}; }
  std::string_view bytes() && = delete;
  bool empty() const { return size_ == 0; }
  std::string hex() const;

  friend bool operator==(const ObjectId& a, const ObjectId& b) {
    return a.bytes() == b.bytes();
  }
  friend std::strong_ordering operator<=>(const ObjectId& a,
                                          const ObjectId& b) {
    return a.bytes() <=> b.bytes();
  }

 private:
  std::array<char, kMaxBytes> bytes_{};
  std::uint8_t size_ = 0;
};

}  // namespace overreach

template <>
struct std::hash<overreach::ObjectId> {
  std::size_t operator()(const overreach::ObjectId& id) const noexcept {
    std::size_t value = 0;  // the bytes are a hash already
    std::memcpy(&value, id.bytes().data(), sizeof value);
    return value;
  }
};
