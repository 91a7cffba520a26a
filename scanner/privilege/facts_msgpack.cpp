#include "scanner/privilege/facts_msgpack.h"

namespace overreach {
namespace {

constexpr int kMaxDepth = 16;
constexpr std::size_t kMaxParts = 4096;

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  bool value(Packed& out, int depth) {
    if (depth > kMaxDepth || ++parts_ > kMaxParts || rest_.empty()) {
      return false;
    }
    const auto type = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (type < 0x80) return number(out, type);
    if (type < 0x90) return map(out, type & 0x0f, depth);
    if (type < 0xa0) return list(out, type & 0x0f, depth);
    if (type < 0xc0) return text(out, type & 0x1f);
    if (type >= 0xe0) return number(out, 0);  // small negative: of no use
    return sized(out, type, depth);
  }

  bool at_end() const { return rest_.empty(); }

 private:
  // Types whose number or length follows in 1, 2, 4 or 8 bytes.
  bool sized(Packed& out, unsigned char type, int depth) {
    if (type == 0xc0) return true;  // nil
    if (type == 0xc2 || type == 0xc3) return number(out, type & 1u);
    const std::size_t width = width_of(type);
    if (width == 0 || rest_.size() < width) return false;
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < width; ++i) {
      size = size << 8 | static_cast<unsigned char>(rest_[i]);
    }
    rest_.remove_prefix(width);
    if (type >= 0xcc && type <= 0xd3) return number(out, size);
    if (type == 0xdc || type == 0xdd) return list(out, size, depth);
    if (type == 0xde || type == 0xdf) return map(out, size, depth);
    return text(out, size);
  }

  // 0 for a type we do not read.
  static std::size_t width_of(unsigned char type) {
    switch (type) {
      case 0xc4:  // binary
      case 0xcc:  // unsigned
      case 0xd0:  // signed
      case 0xd9:  // text
        return 1;
      case 0xc5:
      case 0xcd:
      case 0xd1:
      case 0xda:
      case 0xdc:  // list
      case 0xde:  // map
        return 2;
      case 0xc6:
      case 0xce:
      case 0xd2:
      case 0xdb:
      case 0xdd:
      case 0xdf:
        return 4;
      case 0xcf:
      case 0xd3:
        return 8;
      default:
        return 0;
    }
  }

  static bool number(Packed& out, std::uint64_t value) {
    out.kind = Packed::Kind::number;
    out.number = value;
    return true;
  }

  bool text(Packed& out, std::uint64_t size) {
    if (size > rest_.size()) return false;
    out.kind = Packed::Kind::text;
    out.text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  bool list(Packed& out, std::uint64_t count, int depth) {
    out.kind = Packed::Kind::list;
    return items(out, count, depth);
  }

  bool map(Packed& out, std::uint64_t count, int depth) {
    out.kind = Packed::Kind::map;
    return count <= kMaxParts && items(out, count * 2, depth);
  }

  // Every item takes a byte or more: a longer announced length is a lie.
  bool items(Packed& out, std::uint64_t count, int depth) {
    if (count > rest_.size() || count > kMaxParts) return false;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (!value(out.items.emplace_back(), depth + 1)) return false;
    }
    return true;
  }

  std::string_view rest_;
  std::size_t parts_ = 0;
};

}  // namespace

std::optional<Packed> parse_packed(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Packed value;
  if (!unpacker.value(value, 0) || !unpacker.at_end()) return std::nullopt;
  return value;
}

}  // namespace overreach
