// Which addresses are nobody's business: judged on the bytes of the canonical
// spelling, and every other spelling ("0x7f.1", "2130706433") counts as
// private.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "scanner/privilege/policy.h"

namespace overreach {
namespace {

using Bytes6 = std::array<std::uint8_t, 16>;

struct Block4 {
  std::uint8_t bytes[4];
  int bits;
};

// The special-purpose registry of IANA, and one address of Azure's that
// answers inside of every machine there.
constexpr Block4 kPrivate4[] = {
    {{0, 0, 0, 0}, 8},         // this host
    {{10, 0, 0, 0}, 8},        // private
    {{100, 64, 0, 0}, 10},     // carrier-grade NAT; Alibaba's metadata
    {{127, 0, 0, 0}, 8},       // loopback
    {{168, 63, 129, 16}, 32},  // Azure's metadata
    {{169, 254, 0, 0}, 16},    // link-local; most clouds' metadata
    {{172, 16, 0, 0}, 12},     // private
    {{192, 0, 0, 0}, 24},      // protocols; Oracle's metadata
    {{192, 0, 2, 0}, 24},      // documentation
    {{192, 88, 99, 0}, 24},    // 6to4 relays
    {{192, 168, 0, 0}, 16},    // private
    {{198, 18, 0, 0}, 15},     // benchmarks
    {{198, 51, 100, 0}, 24},   // documentation
    {{203, 0, 113, 0}, 24},    // documentation
    {{224, 0, 0, 0}, 4},       // multicast
    {{240, 0, 0, 0}, 4},       // reserved, broadcast
};

std::uint32_t number_of(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

bool is_private4(const std::uint8_t* bytes) {
  const std::uint32_t address = number_of(bytes);
  return std::any_of(std::begin(kPrivate4), std::end(kPrivate4),
                     [&](const Block4& block) {
                       const std::uint32_t mask = ~0u << (32 - block.bits);
                       return (address & mask) == number_of(block.bytes);
                     });
}

bool starts_with(const Bytes6& address,
                 std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), address.begin());
}

// Only the global unicast block and NAT64 lead anywhere public.  An IPv4
// address that is written as IPv6 (mapped, compatible) is no usual spelling.
bool is_private6(const Bytes6& address) {
  if (starts_with(address, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) {
    return is_private4(&address[12]);  // NAT64
  }
  if ((address[0] & 0xe0) != 0x20) return true;  // outside 2000::/3
  if (starts_with(address, {0x20, 0x02})) return is_private4(&address[2]);
  const bool is_protocol = starts_with(address, {0x20, 0x01}) &&
                           address[2] < 2;  // 2001::/23; Teredo, ORCHID
  const bool is_documentation =
      starts_with(address, {0x20, 0x01, 0x0d, 0xb8}) ||
      (starts_with(address, {0x3f, 0xff}) && address[2] < 0x10);
  return is_protocol || is_documentation;
}

}  // namespace

bool is_private_address(std::string_view address) {
  const std::string text(address);
  if (text.find('\0') != text.npos) return true;
  std::uint8_t four[4];
  if (inet_pton(AF_INET, text.c_str(), four) == 1) return is_private4(four);
  Bytes6 six;
  return inet_pton(AF_INET6, text.c_str(), six.data()) != 1 || is_private6(six);
}

bool is_loopback_address(std::string_view address) {
  const std::string text(address);
  if (text.find('\0') != text.npos) return false;
  std::uint8_t four[4];
  if (inet_pton(AF_INET, text.c_str(), four) == 1) return four[0] == 127;
  Bytes6 six;
  if (inet_pton(AF_INET6, text.c_str(), six.data()) != 1) return false;
  return std::all_of(six.begin(), six.end() - 1,
                     [](std::uint8_t byte) { return byte == 0; }) &&
         six[15] == 1;
}

}  // namespace overreach
