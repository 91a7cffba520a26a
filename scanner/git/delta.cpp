#include "scanner/git/delta.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>

#include "scanner/git/byte_order.h"

namespace overreach {
namespace {

constexpr std::size_t kWholeCopy = 0x10000;  // what size 0 stands for

// Seven bits a byte, the lowest first.
std::optional<std::uint64_t> read_size(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

// Where a copy begins, four bytes, and how long it is, three: of `packed` the
// bytes whose bits are set, the lowest first.  Nothing predicts which are: no
// branch on any.
inline std::uint64_t unpacked(unsigned bits, std::uint64_t packed) {
  std::uint64_t value = 0;
  const auto take = [&](unsigned i) {
    const std::uint64_t has = bits >> i & 1;
    value |= (packed & (0xff & (0 - has))) << 8 * i;
    packed >>= 8 * has;
  };
  [&]<unsigned... i>(std::integer_sequence<unsigned, i...>) { (take(i), ...); }
  (std::make_integer_sequence<unsigned, 7>());
  return value;
}

// How many of the seven bytes that may follow a copy instruction do.
constexpr auto kCopyBytes = [] {
  std::array<std::uint8_t, 128> counts{};
  for (unsigned bits = 0; bits < counts.size(); ++bits) {
    counts[bits] = static_cast<std::uint8_t>(std::popcount(bits));
  }
  return counts;
}();

// As std::memcpy().  Most of what is copied is short: a copy of a fixed size is
// no call and has no branch on how much it is.  What it writes too much is
// written over by what comes next.
void copy_bytes(std::string_view from, std::size_t size, char* to,
                std::size_t room) {
  constexpr std::size_t kShort = 64;
  if (size <= kShort && from.size() >= kShort && room >= kShort) {
    std::memcpy(to, from.data(), kShort);
  } else {
    std::memcpy(to, from.data(), size);
  }
}

inline void add_copy(const Copied& copy, std::vector<Copied>& copies) {
  if (!copies.empty()) {
    Copied& last = copies.back();
    if (last.to + last.size == copy.to && last.from + last.size == copy.from) {
      last.size += copy.size;
      return;
    }
  }
  copies.push_back(copy);
}

// Calls copy(Copied) and insert(rest, size, to) for each instruction; what is
// inserted are the first bytes of `rest`.
template <typename Copy, typename Insert>
Status for_each_instruction(const Delta& delta, const Copy& use_copy,
                            const Insert& use_insert) {
  const char* at = delta.instructions.data();
  const char* const end = at + delta.instructions.size();
  const auto base_size = static_cast<std::size_t>(delta.base_size);
  const auto size = static_cast<std::size_t>(delta.result_size);
  std::size_t done = 0;
  while (at < end) {
    const auto instruction = static_cast<unsigned char>(*at++);
    if (instruction >= 0x80) {
      const unsigned bits = instruction & 0x7f;
      const std::ptrdiff_t count = kCopyBytes[bits];
      if (end - at < count) return fail("its delta is cut off");
      std::uint64_t packed = 0;
      if (end - at >= 8) {
        packed = little_endian_64(at);
      } else {
        std::array<char, 8> rest{};
        std::copy(at, end, rest.begin());
        packed = little_endian_64(rest.data());
      }
      at += count;
      Copied copy;
      packed = unpacked(bits, packed);
      copy.from = packed & 0xffffffff;
      copy.size = packed >> 32;
      if (copy.size == 0) copy.size = kWholeCopy;
      copy.to = done;
      if (copy.from > base_size || copy.size > base_size - copy.from) {
        return fail("its delta copies from outside its base");
      }
      if (copy.size > size - done) {
        return fail("its delta makes more bytes than it says");
      }
      use_copy(copy);
      done += copy.size;
    } else if (instruction > 0) {
      if (static_cast<std::size_t>(end - at) < instruction) {
        return fail("its delta is cut off");
      }
      if (instruction > size - done) {
        return fail("its delta makes more bytes than it says");
      }
      use_insert(std::string_view(at, static_cast<std::size_t>(end - at)),
                 std::size_t{instruction}, done);
      done += instruction;
      at += instruction;
    } else {
      return fail("its delta has an unknown instruction");
    }
  }
  if (done != size) return fail("its delta makes fewer bytes than it says");
  return {};
}

}  // namespace

Result<Delta> parse_delta(std::string_view bytes) {
  const auto base = read_size(bytes);
  const auto result = base ? read_size(bytes) : std::nullopt;
  if (!result) return fail("its delta has no sizes");
  return Delta{*base, *result, bytes};
}

Status apply_delta(const Delta& delta, std::string_view base, char* out,
                   std::vector<Copied>& copies) {
  copies.clear();
  const auto size = static_cast<std::size_t>(delta.result_size);
  return for_each_instruction(
      delta,
      [&](const Copied& copy) {
        copy_bytes(base.substr(copy.from), copy.size, out + copy.to,
                   size - copy.to);
        add_copy(copy, copies);
      },
      [&](std::string_view rest, std::size_t count, std::size_t to) {
        copy_bytes(rest, count, out + to, size - to);
      });
}

bool only_overwrites(const Delta& delta, std::vector<Copied>& copies,
                     std::vector<Inserted>& inserted) {
  if (delta.base_size != delta.result_size) return false;
  copies.clear();
  inserted.clear();
  bool stays = true;
  const Status read = for_each_instruction(
      delta,
      [&](const Copied& copy) {
        stays = stays && copy.from == copy.to;
        add_copy(copy, copies);
      },
      [&](std::string_view rest, std::size_t count, std::size_t to) {
        inserted.push_back({rest.substr(0, count), to});
      });
  return read && stays;
}

}  // namespace overreach
