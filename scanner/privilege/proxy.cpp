#include "scanner/privilege/proxy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <optional>

#include "scanner/base/text.h"
#include "scanner/privilege/policy.h"

namespace overreach {
namespace {

struct Bytes {
  std::array<std::uint8_t, 16> bytes{};
  int bits = 0;  // 32 or 128
};

std::optional<Bytes> parse_address(std::string_view text) {
  const std::string address(text);
  Bytes parsed;
  if (inet_pton(AF_INET, address.c_str(), parsed.bytes.data()) == 1) {
    parsed.bits = 32;
    return parsed;
  }
  if (inet_pton(AF_INET6, address.c_str(), parsed.bytes.data()) != 1) return {};
  parsed.bits = 128;
  return parsed;
}

// "10.0.0.0/8", "::1".
bool is_in_block(std::string_view block, const Bytes& address) {
  const std::size_t slash = block.find('/');
  const auto first = parse_address(block.substr(0, slash));
  if (!first || first->bits != address.bits) return false;
  int bits = address.bits;
  if (slash != block.npos) {
    const std::string_view digits = block.substr(slash + 1);
    const char* const end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, bits);
    if (parsed.ec != std::errc() || parsed.ptr != end) return false;
    if (bits < 0 || bits > address.bits) return false;
  }
  for (int i = 0; i < bits; ++i) {
    const auto byte = static_cast<std::size_t>(i / 8);
    const int differs = first->bytes[byte] ^ address.bytes[byte];
    if (differs & (0x80 >> (i % 8))) return false;
  }
  return true;
}

// "acme.example" and ".acme.example" take the name and what is below it.
bool fits_name(std::string_view entry, std::string_view host) {
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.ends_with('.')) entry.remove_suffix(1);
  if (entry.empty() || host.size() < entry.size()) return false;
  const std::size_t before = host.size() - entry.size();
  return equal_ignoring_case(host.substr(before), entry) &&
         (before == 0 || host[before - 1] == '.');
}

bool is_excepted(std::string_view list, std::string_view host) {
  const auto address = parse_address(host);
  while (!list.empty()) {
    const std::size_t end = list.find_first_of(", \t");
    std::string_view entry = list.substr(0, end);
    list.remove_prefix(end == list.npos ? list.size() : end + 1);
    if (entry == "*") return true;
    if (entry.starts_with('[') && entry.ends_with(']')) {
      entry = entry.substr(1, entry.size() - 2);
    }
    if (address ? is_in_block(entry, *address) : fits_name(entry, host)) {
      return true;
    }
  }
  return false;
}

std::string first_variable(std::initializer_list<const char*> names) {
  for (const char* const name : names) {
    const char* const value = std::getenv(name);
    if (value && *value) return value;
  }
  return {};
}

}  // namespace

ProxySettings proxy_settings_of_environment() {
  return {
      first_variable({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}),
      first_variable({"no_proxy", "NO_PROXY"})};
}

std::string proxy_for(const ProxySettings& settings, std::string_view host) {
  if (is_loopback_address(host) || host == "localhost" ||
      host.ends_with(".localhost") || is_excepted(settings.except, host)) {
    return {};
  }
  return settings.https;
}

}  // namespace overreach
