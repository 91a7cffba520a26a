#include "scanner/match/token_chance.h"

#include <algorithm>

namespace overreach {
namespace {

constexpr CharSet kBase64 = char_set("A-Za-z0-9+/");

bool is_all_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F') || c == '-';
  });
}

}  // namespace

bool is_in_integrity_hash(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 88;  // of SHA-512
  const std::size_t from = at - std::min(at, kLongest);
  const std::string_view before = text.substr(from, at - from);
  const std::size_t sign = before.rfind('-');
  if (sign == before.npos) return false;
  const std::string_view name = before.substr(0, sign);
  return std::all_of(before.begin() + static_cast<std::ptrdiff_t>(sign) + 1,
                     before.end(),
                     [](char c) { return kBase64.contains(c); }) &&
         (name.ends_with("sha512") || name.ends_with("sha384") ||
          name.ends_with("sha256") || name.ends_with("sha1"));
}

bool is_hex_by_chance(const Shape& shape, std::string_view token) {
  if (token.size() < 24 || !is_all_hex(token)) return false;
  return std::all_of(shape.begin(), shape.end(), [](const Element& element) {
    return element.kind != Element::Kind::uuid &&
           (element.kind != Element::Kind::chars || element.set.contains('z') ||
            element.set.contains('Z'));
  });
}

bool is_in_encoded_bytes(std::string_view text, std::size_t begin,
                         std::size_t end) {
  static constexpr CharSet kJoints = char_set("+/");
  constexpr std::size_t kFar = 128;
  const bool joined = (begin > 0 && kJoints.contains(text[begin - 1])) ||
                      (end < text.size() && kJoints.contains(text[end]));
  if (!joined) return false;
  const std::size_t low = begin - std::min(begin, kFar);
  const std::size_t high = std::min(text.size(), end + kFar);
  std::size_t first = begin, last = end;
  while (first > low && kBase64.contains(text[first - 1])) --first;
  while (last < high && kBase64.contains(text[last])) ++last;
  return (begin - first) + (last - end) >= kFar;
}

}  // namespace overreach
