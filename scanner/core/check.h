// The check digits some providers put into their tokens, verified offline.
// Each algorithm is described by its provider or was verified on published
// test vectors; rules/README.md says which span each covers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace overreach {

enum class Check : std::uint8_t {
  none,
  crc32_base62,
  crc32_hex,
  crc32_le_hex_all,
  crc32_hex_upper_all,
  crc32_base36_all,
  crc32_le_base64,
  azure_marvin,
  azure_cask,
  azure_entra,
  azure_devops,
  bech32,
  base58check,
  crc16_base32,
  xor62,
};

std::string_view to_string(Check check);
std::optional<Check> parse_check(std::string_view word);

// Whether the token's check digits are right.  `prefix` is the length of its
// leading literal.
bool check_holds(Check check, std::string_view token, std::size_t prefix);

// The seed an identifiable Azure key verifies with, which tells its right:
// "MastRO00".  Empty when none does.
std::string_view azure_seed(std::string_view token);

// The token with its check digits replaced by the right ones: for examples.
std::string with_check(Check check, std::string token, std::size_t prefix);

}  // namespace overreach
