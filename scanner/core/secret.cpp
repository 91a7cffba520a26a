#include "scanner/core/secret.h"

#include <algorithm>
#include <cstring>

#include "scanner/base/number_text.h"

namespace overreach {

Secret::~Secret() {
  // The library may not remove this: the asm makes the bytes observable.
  std::memset(value_.data(), 0, value_.size());
  asm volatile("" : : "r"(value_.data()) : "memory");
}

namespace {

bool is_block(std::string_view value) {
  return value.starts_with("-----BEGIN ") || value.find('\n') != value.npos;
}

// "OPENSSH PRIVATE KEY" of "-----BEGIN OPENSSH PRIVATE KEY-----".
std::string label_of(std::string_view public_part) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  if (public_part.starts_with(kBegin)) public_part.remove_prefix(kBegin.size());
  while (public_part.ends_with('-')) public_part.remove_suffix(1);
  std::string label;
  for (const char c : public_part) label += c >= ' ' && c < 0x7f ? c : '.';
  return label;
}

}  // namespace

std::string Secret::redacted(std::size_t public_prefix) const {
  const std::size_t prefix = std::min(public_prefix, value_.size());
  if (is_block(value_)) {
    const std::string label = label_of(value_.substr(0, prefix));
    const std::string size = counted(value_.size(), "byte");
    return label.empty() ? size : label + " (" + size + ")";
  }
  const std::size_t rest = value_.size() - prefix;
  std::size_t shown = std::min<std::size_t>(4, rest / 4);
  if (prefix == 0 && rest < 16) shown = 0;
  std::string text;
  for (const char c : value_.substr(0, prefix + shown)) {
    text += c > ' ' && c < 0x7f ? c : '.';
  }
  text += "...";
  if (shown == 0) text += " (" + counted(value_.size(), "character") + ")";
  return text;
}

std::string without_secret(std::string_view text, const Secret& secret) {
  std::string result(text);
  const std::string_view value = secret.reveal();
  if (value.size() < 4) return result;
  for (std::size_t at = 0;
       (at = result.find(value, at)) != std::string::npos;) {
    result.replace(at, value.size(), "...");
    at += 3;
  }
  return result;
}

}  // namespace overreach
