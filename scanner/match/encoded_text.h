// Text that stands in a run as Base64: a whole .env, a key file, a kubeconfig
// in one variable.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace overreach {

// What stands at an offset of the text in the Base64 that it came from.
// `begin` is where that begins; an end lies behind what is left of its four
// characters.
constexpr std::size_t encoded_begin(std::size_t begin, std::size_t at) {
  return begin + at / 3 * 4;
}
constexpr std::size_t encoded_end(std::size_t begin, std::size_t at) {
  return begin + (at + 2) / 3 * 4;
}

// `text` is behind the Base64 at `begin`, with kPadding zeros behind; valid
// during the call only.
using EncodedTextConsumer =
    std::function<void(std::size_t begin, std::string_view text)>;

// Calls `consumer` for each part of bytes[begin, end), a run, that is Base64 of
// at least 16 characters that people can read.  What is not is told by its
// first bytes.
void for_each_encoded_text(std::string_view bytes, std::size_t begin,
                           std::size_t end,
                           const EncodedTextConsumer& consumer);

}  // namespace overreach
