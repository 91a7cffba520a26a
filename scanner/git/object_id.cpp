#include "scanner/git/object_id.h"

#include <array>

#include "scanner/base/encoding.h"

namespace overreach {
namespace {

constexpr std::uint8_t kNoDigit = 0xff;
constexpr auto kDigits = [] {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  for (unsigned i = 0; i < 16; ++i) {
    digits[static_cast<unsigned char>("0123456789abcdef"[i])] =
        digits[static_cast<unsigned char>("0123456789ABCDEF"[i])] =
            static_cast<std::uint8_t>(i);
  }
  return digits;
}();

unsigned digit(char c) { return kDigits[static_cast<unsigned char>(c)]; }

}  // namespace

std::optional<ObjectId> ObjectId::from_hex(std::string_view digits) {
  if (digits.size() != 40 && digits.size() != 64) return std::nullopt;
  ObjectId id;
  id.size_ = static_cast<std::uint8_t>(digits.size() / 2);
  unsigned all = 0;
  for (std::size_t i = 0; i < id.size_; ++i) {
    const unsigned high = digit(digits[2 * i]), low = digit(digits[2 * i + 1]);
    all |= high | low;
    id.bytes_[i] = static_cast<char>(high << 4 | low);
  }
  if (all > 15) return std::nullopt;
  return id;
}

std::string ObjectId::hex() const { return encode_hex(bytes()); }

}  // namespace overreach
