#include "scanner/git/delta.h"

#include <bit>
#include <cstring>
#include <optional>

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

// Those of `count` bytes whose bit is set, the lowest first.
std::uint32_t read_bytes(unsigned bits, unsigned count, const char*& at) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < count; ++i) {
    if (bits >> i & 1) {
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(*at++))
               << 8 * i;
    }
  }
  return value;
}

void add_copy(const Copied& copy, std::vector<Copied>& copies) {
  if (!copies.empty()) {
    Copied& last = copies.back();
    if (last.to + last.size == copy.to && last.from + last.size == copy.from) {
      last.size += copy.size;
      return;
    }
  }
  copies.push_back(copy);
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
  const char* at = delta.instructions.data();
  const char* const end = at + delta.instructions.size();
  std::size_t done = 0;
  const auto size = static_cast<std::size_t>(delta.result_size);
  while (at < end) {
    const auto instruction = static_cast<unsigned char>(*at++);
    if (instruction >= 0x80) {
      const unsigned bits = instruction & 0x7f;
      if (end - at < std::popcount(bits)) return fail("its delta is cut off");
      Copied copy;
      copy.from = read_bytes(bits & 15, 4, at);
      copy.size = read_bytes(bits >> 4, 3, at);
      if (copy.size == 0) copy.size = kWholeCopy;
      copy.to = done;
      if (copy.from > base.size() || copy.size > base.size() - copy.from) {
        return fail("its delta copies from outside its base");
      }
      if (copy.size > size - done) {
        return fail("its delta makes more bytes than it says");
      }
      std::memcpy(out + done, base.data() + copy.from, copy.size);
      done += copy.size;
      add_copy(copy, copies);
    } else if (instruction > 0) {
      if (static_cast<std::size_t>(end - at) < instruction) {
        return fail("its delta is cut off");
      }
      if (instruction > size - done) {
        return fail("its delta makes more bytes than it says");
      }
      std::memcpy(out + done, at, instruction);
      done += instruction;
      at += instruction;
    } else {
      return fail("its delta has an unknown instruction");
    }
  }
  if (done != size) return fail("its delta makes fewer bytes than it says");
  return {};
}

}  // namespace overreach
