// Text encodings of bytes: base64 in both alphabets, base32, base58, hex.
// Decoders return nothing for text that is not of the encoding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace overreach {

// Takes the standard and the URL alphabet, with or without '=' padding.
std::optional<std::string> decode_base64(std::string_view text);
std::string encode_base64(std::string_view bytes);     // standard, padded
std::string encode_base64url(std::string_view bytes);  // without padding

// RFC 4648, either case, without padding; left-over bits are dropped.
std::optional<std::string> decode_base32(std::string_view text);
std::string encode_base32(std::string_view bytes);  // upper case, no padding

// The alphabet of Bitcoin; leading '1's are zero bytes.
std::optional<std::string> decode_base58(std::string_view text);
std::string encode_base58(std::string_view bytes);

std::string encode_hex(std::string_view bytes);  // lower case

}  // namespace overreach
