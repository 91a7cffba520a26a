#include "scanner/privilege/template.h"

#include <algorithm>

namespace overreach {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') ||
         std::string_view("_.#/:-").find(c) != std::string_view::npos;
}

// The name that begins behind the brace at `at`; empty when it is none.
std::string_view name_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && is_name_character(text[end])) ++end;
  if (end == text.size() || text[end] != '}') return {};
  return text.substr(at + 1, end - at - 1);
}

constexpr std::string_view kOr = " | ";

}  // namespace

std::optional<std::string> expand(std::string_view text, const Lookup& lookup) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view name =
        text[i] == '{' ? name_at(text, i) : std::string_view();
    if (name.empty()) {
      out += text[i];
      continue;
    }
    const auto value = lookup(name);
    if (!value) return std::nullopt;
    out += *value;
    i += name.size() + 1;
  }
  return out;
}

std::optional<std::string> expand_first(std::string_view text,
                                        const Lookup& lookup) {
  while (true) {
    const std::size_t end = std::min(text.find(kOr), text.size());
    if (auto value = expand(text.substr(0, end), lookup)) return value;
    if (end == text.size()) return std::nullopt;
    text.remove_prefix(end + kOr.size());
  }
}

std::vector<std::string_view> names_in(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view name =
        text[i] == '{' ? name_at(text, i) : std::string_view();
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                       c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

}  // namespace overreach
