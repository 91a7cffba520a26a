#include "scanner/core/check.h"

#include <algorithm>
#include <array>
#include <functional>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "scanner/base/text.h"

namespace overreach {
namespace {

constexpr std::string_view kDigitsUpperLower =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpperLowerDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kBase66 =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

// The number in the base of the digits' count, left-padded with digit zero.
std::string in_base(std::uint32_t number, std::string_view digits,
                    std::size_t width) {
  std::string text(width, digits[0]);
  const auto base = static_cast<std::uint32_t>(digits.size());
  for (std::size_t i = width; i > 0 && number; number /= base) {
    text[--i] = digits[number % base];
  }
  return text;
}

std::string bytes_of(std::uint32_t number) {  // little endian
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>(number >> shift & 0xff);
  }
  return bytes;
}

std::string hex_of(std::uint32_t number) {
  std::string bytes = bytes_of(number);
  std::reverse(bytes.begin(), bytes.end());
  return encode_hex(bytes);
}

constexpr std::uint64_t seed(std::string_view eight_characters) {
  std::uint64_t value = 0;
  for (const char c : eight_characters) {
    value = value << 8 | static_cast<unsigned char>(c);
  }
  return value;
}

// Which right a key grants shows in the seed that verifies.
constexpr std::array<std::string_view, 28> kAzureSeeds = {
    "Default0", "MastRW00", "MastRO00", "SystRW00", "SystRO00", "SysAll00",
    "Resour00", "Encryp00", "AbAcct00", "Classic0", "Tenant00", "Gatewy00",
    "GitKey00", "IoTHub00", "Master00", "System00", "Functi00", "PAdmin00",
    "Query000", "ACRDflt0", "Access00", "Manage00", "Send0000", "Listen00",
    "Unknown0", "DpsKey00", "Device00", "AadPwd00"};

// --- Checks at the end of the token: the text they should be. ---------------

using Expected = std::string (*)(std::string_view covered);

struct Suffix {
  std::size_t length;  // of the check digits
  bool covers_prefix;  // else only what follows the leading literal
  std::size_t gap;     // bytes before the check that are not covered
  Expected expected;
};

std::string base62(std::string_view text) {
  return in_base(crc32(text), kDigitsUpperLower, 6);
}
std::string hex(std::string_view text) { return hex_of(crc32(text)); }
std::string hex_upper(std::string_view text) {
  return upper_case(hex_of(crc32(text)));
}
std::string hex_little(std::string_view text) {
  return encode_hex(bytes_of(crc32(text)));
}
std::string base36(std::string_view text) {
  return in_base(crc32(text), kBase36, 7);
}
std::string base64_little(std::string_view text) {
  return encode_base64(bytes_of(crc32(text))).substr(0, 6);
}
std::string xor62(std::string_view text) {
  unsigned sum = 0;
  for (const char c : text) sum ^= static_cast<unsigned char>(c);
  return std::string(1, kUpperLowerDigits[sum % 62]);
}
std::string entra(std::string_view text) {
  return in_base(marvin32(seed("AadPwd00"), text), kBase66, 6).substr(0, 3);
}

const Suffix* suffix(Check check) {
  static constexpr Suffix kBase62{6, false, 0, base62};
  static constexpr Suffix kHex{8, false, 0, hex};
  static constexpr Suffix kHexLittle{8, true, 1, hex_little};
  static constexpr Suffix kHexUpper{8, true, 0, hex_upper};
  static constexpr Suffix kBase36Suffix{7, true, 0, base36};
  static constexpr Suffix kBase64Little{6, false, 0, base64_little};
  static constexpr Suffix kXor62{1, false, 0, xor62};
  static constexpr Suffix kEntra{3, true, 0, entra};
  switch (check) {
    case Check::crc32_base62:
      return &kBase62;
    case Check::crc32_hex:
      return &kHex;
    case Check::crc32_le_hex_all:
      return &kHexLittle;
    case Check::crc32_hex_upper_all:
      return &kHexUpper;
    case Check::crc32_base36_all:
      return &kBase36Suffix;
    case Check::crc32_le_base64:
      return &kBase64Little;
    case Check::xor62:
      return &kXor62;
    case Check::azure_entra:
      return &kEntra;
    default:
      return nullptr;
  }
}

std::string suffix_of(const Suffix& rule, std::string_view token,
                      std::size_t prefix) {
  const std::size_t from = rule.covers_prefix ? 0 : prefix;
  if (token.size() < from + rule.gap + rule.length) return {};
  return rule.expected(
      token.substr(from, token.size() - rule.length - rule.gap - from));
}

// Only the `8Q~` generation of Entra secrets carries the check.
bool is_unchecked_entra(Check check, std::string_view token) {
  return check == Check::azure_entra && token.find("8Q~") != 3;
}

// --- Checks inside decoded bytes. -------------------------------------------

std::string with_azure_marvin(std::string_view token) {
  auto bytes = decode_base64(token);
  if (!bytes || bytes->size() < 12) return std::string(token);
  const std::size_t body = bytes->size() - 4;
  bytes->replace(body, 4,
                 bytes_of(marvin32(seed("Default0"), bytes->substr(0, body))));
  std::string text = encode_base64(*bytes);
  const bool url_alphabet = token.find_first_of("-_") != token.npos;
  for (char& c : text) {
    if (url_alphabet && c == '+') c = '-';
    if (url_alphabet && c == '/') c = '_';
  }
  return text;
}

std::string cask_check(std::string_view token) {
  const auto bytes = decode_base64(token.substr(0, 80));
  if (!bytes) return {};
  const std::string sum = bytes_of(marvin32(seed("Default0"), *bytes));
  std::uint32_t number = 0;
  for (const char c : sum) number = number << 8 | static_cast<unsigned char>(c);
  std::string text;
  for (; number; number /= 62) text += kDigitsUpperLower[number % 62];
  std::reverse(text.begin(), text.end());
  text.resize(6, '0');
  return text;
}

bool cask_holds(std::string_view token) {
  if (token.size() < 84) return false;
  const std::string check = cask_check(token);
  if (check.empty()) return false;
  if (token.substr(80, 4) == check.substr(0, 4)) return true;
  const auto bytes = decode_base64(token.substr(0, 80));
  const std::string sum = bytes_of(marvin32(seed("Default0"), *bytes));
  return token.substr(80, 4) == encode_base64(sum.substr(0, 3));
}

constexpr std::array<std::size_t, 4> kDevopsCheckBytes = {22, 8, 7, 2};
constexpr std::array<std::uint32_t, 2> kDevopsMasks = {0xE0B9692D, 0x1019F92E};

std::string devops_covered(std::string_view bytes) {
  std::string covered;
  for (std::size_t i = 0; i < 32; ++i) {
    if (i != 2 && i != 7 && i != 8 && i != 22) covered += bytes[i];
  }
  return covered;
}

bool devops_holds(std::string_view token) {
  const auto bytes = decode_base32(token);
  if (!bytes || bytes->size() < 32) return false;
  const std::uint32_t crc = crc32(devops_covered(*bytes));
  for (const std::uint32_t mask : kDevopsMasks) {
    const std::string check = bytes_of(crc ^ mask);
    bool same = true;
    for (std::size_t i = 0; i < 4; ++i) {
      same = same && (*bytes)[kDevopsCheckBytes[i]] == check[i];
    }
    if (same) return true;
  }
  return false;
}

std::string with_devops(std::string_view token) {
  auto bytes = decode_base32(token);
  if (!bytes || bytes->size() < 32) return std::string(token);
  const std::string check =
      bytes_of(crc32(devops_covered(*bytes)) ^ kDevopsMasks[0]);
  for (std::size_t i = 0; i < 4; ++i) (*bytes)[kDevopsCheckBytes[i]] = check[i];
  return lower_case(encode_base32(*bytes));
}

// BIP 173, for the age secret key: human part "age-secret-key-".
constexpr std::string_view kBech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

std::uint32_t bech32_sum(std::string_view human, std::string_view data) {
  constexpr std::array<std::uint32_t, 5> kGenerator = {
      0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  std::uint32_t sum = 1;
  const auto add = [&](std::uint32_t value) {
    const std::uint32_t top = sum >> 25;
    sum = (sum & 0x1ffffff) << 5 ^ value;
    for (std::uint32_t i = 0; i < 5; ++i) {
      if (top >> i & 1) sum ^= kGenerator[i];
    }
  };
  for (const char c : human) add(static_cast<unsigned char>(c) >> 5);
  add(0);
  for (const char c : human) add(static_cast<unsigned char>(c) & 31);
  for (const char c : data) {
    add(static_cast<std::uint32_t>(kBech32.find(c)));
  }
  return sum;
}

bool bech32_holds(std::string_view token) {
  const std::string text = lower_case(token);
  const std::size_t one = text.rfind('1');
  return one != std::string::npos && text.size() >= one + 7 &&
         bech32_sum(text.substr(0, one), text.substr(one + 1)) == 1;
}

std::string with_bech32(std::string token) {
  std::string text = lower_case(token);
  const std::size_t one = text.rfind('1');
  if (one == std::string::npos || text.size() < one + 7) return token;
  text.replace(text.size() - 6, 6, "qqqqqq");
  const std::uint32_t sum =
      bech32_sum(text.substr(0, one), text.substr(one + 1)) ^ 1;
  for (std::size_t i = 0; i < 6; ++i) {
    text[text.size() - 6 + i] = kBech32[sum >> (5 * (5 - i)) & 31];
  }
  return upper_case(text);
}

bool base58check_holds(std::string_view token) {
  const auto bytes = decode_base58(token);
  if (!bytes || bytes->size() < 5) return false;
  const std::size_t body = bytes->size() - 4;
  return sha256(sha256(std::string_view(*bytes).substr(0, body)))
             .substr(0, 4) == bytes->substr(body);
}

// Keeps the leading characters, which the version bytes decide.
std::string with_base58check(std::string token) {
  auto bytes = decode_base58(token);
  if (!bytes || bytes->size() < 5) return token;
  const std::size_t body = bytes->size() - 4;
  bytes->replace(
      body, 4,
      sha256(sha256(std::string_view(*bytes).substr(0, body))).substr(0, 4));
  return encode_base58(*bytes);
}

// The last two bytes are a CRC-16 of those before: Stellar, NATS.
std::string crc16_sum(std::string_view bytes) {
  const std::uint16_t sum = crc16_xmodem(bytes.substr(0, bytes.size() - 2));
  return {static_cast<char>(sum & 0xff), static_cast<char>(sum >> 8)};
}

bool crc16_holds(std::string_view token) {
  const auto bytes = decode_base32(token);
  return bytes && bytes->size() >= 34 && bytes->ends_with(crc16_sum(*bytes));
}

std::string with_crc16(std::string token) {
  auto bytes = decode_base32(token);
  if (!bytes || bytes->size() < 34) return token;
  bytes->replace(bytes->size() - 2, 2, crc16_sum(*bytes));
  return encode_base32(*bytes);
}

constexpr std::array<std::string_view, 15> kNames = {"none",
                                                     "crc32-base62",
                                                     "crc32-hex",
                                                     "crc32-le-hex-all",
                                                     "crc32-hex-upper-all",
                                                     "crc32-base36-all",
                                                     "crc32-le-base64",
                                                     "azure-marvin",
                                                     "azure-cask",
                                                     "azure-entra",
                                                     "azure-devops",
                                                     "bech32",
                                                     "base58check",
                                                     "crc16-base32",
                                                     "xor62"};

}  // namespace

std::string_view to_string(Check check) {
  return kNames[static_cast<std::size_t>(check)];
}

std::optional<Check> parse_check(std::string_view word) {
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    if (kNames[i] == word) return static_cast<Check>(i);
  }
  return std::nullopt;
}

std::string_view azure_seed(std::string_view token) {
  const auto bytes = decode_base64(token);
  if (!bytes || bytes->size() < 12) return {};
  const std::string_view body(bytes->data(), bytes->size() - 4);
  const std::string check = bytes->substr(bytes->size() - 4);
  for (const std::string_view name : kAzureSeeds) {
    if (bytes_of(marvin32(seed(name), body)) == check) return name;
  }
  return {};
}

bool check_holds(Check check, std::string_view token, std::size_t prefix) {
  if (is_unchecked_entra(check, token)) return true;
  if (const Suffix* rule = suffix(check)) {
    const std::string expected = suffix_of(*rule, token, prefix);
    return !expected.empty() && token.ends_with(expected);
  }
  switch (check) {
    case Check::azure_marvin:
      return !azure_seed(token).empty();
    case Check::azure_cask:
      return cask_holds(token);
    case Check::azure_devops:
      return devops_holds(token);
    case Check::bech32:
      return bech32_holds(token);
    case Check::base58check:
      return base58check_holds(token);
    case Check::crc16_base32:
      return crc16_holds(token);
    default:
      return true;
  }
}

std::string with_check(Check check, std::string token, std::size_t prefix) {
  if (is_unchecked_entra(check, token)) return token;
  if (const Suffix* rule = suffix(check)) {
    const std::string expected = suffix_of(*rule, token, prefix);
    if (!expected.empty()) {
      token.replace(token.size() - rule->length, rule->length, expected);
    }
    return token;
  }
  switch (check) {
    case Check::azure_marvin:
      return with_azure_marvin(token);
    case Check::azure_cask:
      if (token.size() >= 84) {
        token.replace(80, std::min<std::size_t>(token.size() - 80, 4),
                      cask_check(token).substr(0, 4));
      }
      return token;
    case Check::azure_devops:
      return with_devops(token);
    case Check::bech32:
      return with_bech32(std::move(token));
    case Check::base58check:
      return with_base58check(std::move(token));
    case Check::crc16_base32:
      return with_crc16(std::move(token));
    default:
      return token;
  }
}

}  // namespace overreach
