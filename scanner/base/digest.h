// Checksums and hashes of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace overreach {

std::uint32_t crc32(std::string_view bytes);         // IEEE 802.3
std::uint16_t crc16_xmodem(std::string_view bytes);  // 0x1021, from 0
std::string md5(std::string_view bytes);             // 16 bytes
std::string sha1(std::string_view bytes);            // 20 bytes
std::string sha256(std::string_view bytes);          // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view bytes);
// Marvin32 with both halves folded, as Microsoft's identifiable keys use it.
std::uint32_t marvin32(std::uint64_t seed, std::string_view bytes);

}  // namespace overreach
