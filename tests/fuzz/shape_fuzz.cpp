// The shape grammar and the matching of shapes: the input is a shape, a line
// feed, and a text that it is tried on at every byte.

#include <algorithm>
#include <string_view>

#include "scanner/rulebook/shape_parser.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {

std::vector<std::string> fuzz_seeds() {
  return {
      "acme_{mode=live|test}_{base62:8}{base62:6}\nacme_live_0123456789abcd",
      "{uuid}\n01234567-89ab-cdef-0123-456789abcdef",
      "{hex-lower:4-8}{?-{digits:1}}\nabcdef-1",
      "{[A-Za-z0-9_~.-]:3+}{{}}\n~~a{}",
      "{a=digits:1-3}.{b=digits:1-3}.{c=any:1+}\n1.22.three",
  };
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(input.find('\n'), input.size());
  const std::string_view text =
      input.substr(std::min(cut + 1, input.size())).substr(0, 400);
  const Result<Shape> shape = parse_shape(input.substr(0, cut));
  if (!shape) {
    FUZZ_CHECK(!shape.error().text.empty());
    return 0;
  }
  const std::size_t shortest = min_length(*shape);
  const std::size_t longest = max_length(*shape);
  FUZZ_CHECK(shortest <= longest);
  for (std::size_t start = 0; start < text.size(); ++start) {
    const auto match = match_shape(*shape, text, start);
    if (!match) continue;
    FUZZ_CHECK(match->end <= text.size());
    FUZZ_CHECK(match->end >= start + shortest);
    FUZZ_CHECK(match->end - start <= longest);
    for (const auto& [name, value] : match->captures) {
      FUZZ_CHECK(value.data() >= text.data() + start);
      FUZZ_CHECK(value.data() + value.size() <= text.data() + match->end);
    }
  }
  return 0;
}
