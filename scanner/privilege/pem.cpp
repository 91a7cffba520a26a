#include "scanner/privilege/pem.h"

#include "scanner/base/encoding.h"

namespace overreach {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END";
constexpr std::string_view kDashes = "-----";
constexpr std::size_t kLongestLabel = 60;
constexpr std::size_t kMostBytes = 20000;

std::string content(std::string_view block) {
  std::string body;
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (block[i] == '\\') {
      ++i;  // the "n" or "r" behind it
    } else if (block[i] > ' ') {
      body += block[i];
    }
  }
  return decode_base64(body).value_or(std::string());
}

}  // namespace

std::optional<std::string> next_pem(std::string_view text,
                                    std::string_view label, std::size_t& at) {
  while ((at = text.find(kBegin, at)) != text.npos) {
    at += kBegin.size();
    const std::string_view line = text.substr(at, kLongestLabel);
    const std::size_t close = line.find(kDashes);
    if (close == line.npos || !line.substr(0, close).ends_with(label)) continue;
    at += close + kDashes.size();
    const std::string_view rest = text.substr(at, kMostBytes);
    const std::size_t end = rest.find(kDashes);
    const bool is_whole =
        end != rest.npos && rest.substr(end).starts_with(kEnd);
    return is_whole ? content(rest.substr(0, end)) : std::string();
  }
  return std::nullopt;
}

}  // namespace overreach
