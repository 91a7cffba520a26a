#include "scanner/match/encoded_text.h"

#include <algorithm>
#include <string>

#include "scanner/base/encoding.h"
#include "scanner/core/shape.h"
#include "scanner/match/runs.h"

namespace overreach {
namespace {

constexpr CharSet kAlphabet = char_set("A-Za-z0-9+/");
constexpr std::size_t kFewest = 24;  // characters of Base64
constexpr std::size_t kFirst = 16;   // that are decoded for a first look

bool is_readable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= ' ' && c != 0x7f) || c == '\n' || c == '\r' || c == '\t' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

}  // namespace

void for_each_encoded_text(std::string_view bytes, std::size_t begin,
                           std::size_t end,
                           const EncodedTextConsumer& consumer) {
  for (std::size_t at = begin; at + kFewest <= end;) {
    // From behind: nothing of so many begins in front of what is none of it.
    std::size_t unknown = kFewest;
    while (unknown > 0 && kAlphabet.contains(bytes[at + unknown - 1])) {
      --unknown;
    }
    if (unknown > 0) {
      at += unknown;
      continue;
    }
    const auto first = decode_base64(bytes.substr(at, kFirst));
    const bool may_be_text = first && is_readable(*first) && is_ascii(*first);
    const std::size_t from = at;
    while (at < end && kAlphabet.contains(bytes[at])) ++at;
    if (!may_be_text) continue;
    auto text = decode_base64(bytes.substr(from, at - from));
    if (!text || !is_readable(*text)) continue;
    const std::size_t size = text->size();
    text->append(kPadding, '\0');
    consumer(from, std::string_view(*text).substr(0, size));
  }
}

}  // namespace overreach
