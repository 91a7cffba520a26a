#include "scanner/privilege/bson.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "scanner/base/encoding.h"

namespace overreach {
namespace {

using Json = nlohmann::json;

constexpr int kMostDepth = 100;
constexpr std::size_t kObjectId = 12;
constexpr std::size_t kDecimal128 = 16;

enum class Kind { object, array };

// All functions set `is_broken` instead of reading past the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool is_broken() const { return is_broken_; }

  Json document(Kind kind, int depth) {
    const std::size_t all = rest_.size();
    const auto size = number<std::int32_t>();
    if (size < 5 || static_cast<std::size_t>(size) > all ||
        depth > kMostDepth) {
      return broken();
    }
    const std::size_t behind = all - static_cast<std::size_t>(size);
    Json value = kind == Kind::array ? Json::array() : Json::object();
    while (!is_broken_ && rest_.size() > behind + 1) {
      const auto type = number<std::uint8_t>();
      const std::string name(until_zero());
      Json item = element(type, depth);
      if (kind == Kind::array) {
        value.push_back(std::move(item));
      } else {
        value[name] = std::move(item);
      }
    }
    if (rest_.size() != behind + 1 || take(1) != std::string_view("\0", 1)) {
      return broken();
    }
    return value;
  }

 private:
  Json broken() {
    is_broken_ = true;
    rest_ = {};
    return {};
  }

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      broken();
      return {};
    }
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

  // Little endian, as every machine this is built for.
  template <typename Number>
  Number number() {
    static_assert(std::endian::native == std::endian::little);
    Number value{};
    const std::string_view bytes = take(sizeof value);
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }

  std::string_view until_zero() {
    const std::size_t end = rest_.find('\0');
    if (end == rest_.npos) {
      broken();
      return {};
    }
    const std::string_view text = take(end);
    take(1);
    return text;
  }

  Json text() {
    const auto size = number<std::int32_t>();
    if (size < 1) return broken();
    const std::string_view bytes = take(static_cast<std::size_t>(size));
    return is_broken_ ? Json() : Json(bytes.substr(0, bytes.size() - 1));
  }

  Json binary() {
    const auto size = number<std::int32_t>();
    const auto subtype = number<std::uint8_t>();
    if (size < 0) return broken();
    const std::string_view bytes = take(static_cast<std::size_t>(size));
    return Json::binary({bytes.begin(), bytes.end()}, subtype);
  }

  Json element(std::uint8_t type, int depth) {
    switch (type) {
      case 0x01:
        return number<double>();
      case 0x02:
      case 0x0d:  // code
      case 0x0e:  // symbol
        return text();
      case 0x03:
        return document(Kind::object, depth + 1);
      case 0x04:
        return document(Kind::array, depth + 1);
      case 0x05:
        return binary();
      case 0x07:
        return encode_hex(take(kObjectId));
      case 0x08:
        return number<std::uint8_t>() != 0;
      case 0x0b:  // regular expression
        until_zero();
        until_zero();
        return {};
      case 0x10:
        return number<std::int32_t>();
      case 0x11:  // timestamp
        return number<std::uint64_t>();
      case 0x09:  // date
      case 0x12:
        return number<std::int64_t>();
      case 0x13:
        take(kDecimal128);
        return {};
      case 0x06:
      case 0x0a:
      case 0x7f:
      case 0xff:
        return {};
      default:
        return broken();
    }
  }

  std::string_view rest_;
  bool is_broken_ = false;
};

}  // namespace

std::string write_bson(const nlohmann::ordered_json& document) {
  const auto bytes = nlohmann::ordered_json::to_bson(document);
  return {bytes.begin(), bytes.end()};
}

Result<Json> read_bson(std::string_view bytes) {
  Reader reader(bytes);
  Json value = reader.document(Kind::object, 0);
  if (reader.is_broken()) return fail("a broken BSON document");
  return value;
}

}  // namespace overreach
