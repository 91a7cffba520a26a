// Places at which the form of a token stands by chance.
#pragma once

#include <cstddef>
#include <string_view>

#include "scanner/core/shape.h"

namespace overreach {

// Subresource integrity, "sha512-<Base64>", which lock files give of every
// package: what stands behind a slash of it stands there by chance.
bool is_in_integrity_hash(std::string_view text, std::size_t at);

// A shape of a wider alphabet than hex does not mean a checksum in hex.
bool is_hex_by_chance(const Shape& shape, std::string_view token);

// In a picture or a font as Base64 every short beginning occurs by chance: a
// slash or a plus stands beside it, and more of the same far around.
bool is_in_encoded_bytes(std::string_view text, std::size_t begin,
                         std::size_t end);

}  // namespace overreach
