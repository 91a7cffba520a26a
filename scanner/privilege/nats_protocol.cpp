#include "scanner/privilege/nats_protocol.h"

#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/privilege/statement_check.h"

namespace overreach {
namespace {

constexpr std::size_t kMaxBytes = 4 << 20;
constexpr std::string_view kLineEnd = "\r\n";

Result<std::size_t> size_of(std::string_view digits) {
  std::size_t size = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (error != std::errc() || end != digits.data() + digits.size() ||
      size > kMaxBytes) {
    return fail("not a size of NATS");
  }
  return size;
}

}  // namespace

Result<std::optional<NatsOperation>> take_nats_operation(std::string& bytes) {
  const std::size_t line_end = bytes.find(kLineEnd);
  if (line_end == bytes.npos) {
    if (bytes.size() > kMaxBytes) return fail("too long a line for NATS");
    return std::nullopt;
  }
  const std::string_view line = std::string_view(bytes).substr(0, line_end);
  const std::size_t blank = line.find_first_of(" \t");
  NatsOperation operation;
  operation.name = upper_case(line.substr(0, blank));
  if (blank != line.npos) operation.arguments = line.substr(blank + 1);
  std::size_t taken = line_end + kLineEnd.size();

  const bool has_headers = operation.name == "HMSG";
  if (has_headers || operation.name == "MSG") {
    // MSG subject id [reply] size | HMSG subject id [reply] headers size
    const std::vector<std::string> words = split_words(operation.arguments);
    if (words.size() < (has_headers ? 4 : 3)) return fail("not NATS");
    TRY_ASSIGN(const std::size_t size, size_of(words.back()));
    std::size_t headers = 0;
    if (has_headers) {
      TRY_ASSIGN(headers, size_of(words[words.size() - 2]));
    }
    if (headers > size) return fail("not a size of NATS");
    if (bytes.size() < taken + size + kLineEnd.size()) return std::nullopt;
    operation.headers = bytes.substr(taken, headers);
    operation.payload = bytes.substr(taken + headers, size - headers);
    taken += size + kLineEnd.size();
  }
  bytes.erase(0, taken);
  return operation;
}

}  // namespace overreach
