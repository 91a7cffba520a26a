// The shape grammar, the matching of shapes and the making of examples: the
// input is a shape, a zero byte, and a text that it is tried on.

#include <string_view>

#include "scanner/core/shape.h"
#include "scanner/rulebook/rulebook.h"
#include "scanner/rulebook/shape_parser.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {

std::vector<std::string> fuzz_seeds() {
  using namespace std::string_literals;
  return {
      "acme_{mode=live|test}_{base62:8}{base62:6}\0acme_live_0123456789abcd"s,
      "{uuid}\00001234567-89ab-cdef-0123-456789abcdef"s,
      "{hex-lower:4-8}{?-{digits:1}}\0abcdef-1"s,
      "{[A-Za-z0-9_~.-]:3+}{{}}\0~~a{}"s,
      "{a=digits:1-3}.{b=digits:1-3}.{c=any:1+}\0001.22.three"s,
  };
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t split = bytes.find('\0');
  const std::string_view text =
      split == bytes.npos ? std::string_view() : bytes.substr(split + 1);
  const Result<Shape> shape = parse_shape(bytes.substr(0, split));
  if (!shape) {
    FUZZ_CHECK(!shape.error().text.empty());
    return 0;
  }
  const std::size_t shortest = min_length(*shape);
  const std::size_t longest = max_length(*shape);
  FUZZ_CHECK(shortest <= longest);
  for (std::size_t start = 0; start <= text.size() && start < 64; ++start) {
    const auto match = match_shape(*shape, text, start);
    if (!match) continue;
    FUZZ_CHECK(match->end >= start && match->end <= text.size());
    const std::size_t length = match->end - start;
    FUZZ_CHECK(length >= shortest && length <= longest);
    for (const auto& [name, value] : match->captures) {
      if (value.empty()) continue;
      FUZZ_CHECK(value.data() >= text.data() + start);
      FUZZ_CHECK(value.data() + value.size() <= text.data() + match->end);
    }
  }
  if (shortest > 2000) return 0;
  TokenRule rule;
  rule.id = "fuzz-shape";
  rule.shape = *shape;
  make_example(rule, size);
  fill_template(bytes, size);
  return 0;
}
