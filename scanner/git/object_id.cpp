#include "scanner/git/object_id.h"

#include "scanner/base/encoding.h"

namespace overreach {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<ObjectId> ObjectId::from_hex(std::string_view digits) {
  if (digits.size() != 40 && digits.size() != 64) return std::nullopt;
  ObjectId id;
  id.size_ = static_cast<std::uint8_t>(digits.size() / 2);
  for (std::size_t i = 0; i < id.size_; ++i) {
    const int high = digit(digits[2 * i]), low = digit(digits[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes_[i] = static_cast<char>(high << 4 | low);
  }
  return id;
}

std::string ObjectId::hex() const { return encode_hex(bytes()); }

}  // namespace overreach
