// A shape and a text, split at the first zero byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scanner/core/shape.h"
#include "scanner/rulebook/rulebook.h"
#include "scanner/rulebook/shape_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t split = bytes.find('\0');
  const std::string_view shape_text = bytes.substr(0, split);
  const std::string_view text =
      split == bytes.npos ? std::string_view() : bytes.substr(split + 1);
  const auto shape = overreach::parse_shape(shape_text);
  if (!shape) return 0;
  const std::size_t shortest = overreach::min_length(*shape);
  const std::size_t longest = overreach::max_length(*shape);
  for (std::size_t start = 0; start <= text.size() && start < 64; ++start) {
    const auto match = overreach::match_shape(*shape, text, start);
    if (!match) continue;
    if (match->end < start || match->end > text.size()) std::abort();
    const std::size_t length = match->end - start;
    if (length < shortest || length > longest) std::abort();
  }
  if (shortest > 2000) return 0;
  overreach::TokenRule rule;
  rule.id = "fuzz-shape";
  rule.shape = *shape;
  overreach::make_example(rule, size);
  overreach::fill_template(bytes, size);
  return 0;
}
