// A document that is taken holds no mutation: adding one in front or behind
// makes it none, and the operation's own word cannot be another.
#include <string>
#include <string_view>

#include "scanner/privilege/policy.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {

std::vector<std::string> fuzz_seeds() {
  return {
      "{me}",
      "query Q($a: [Int!]! = [1, -2.5e3]) @d(x: \"y\") { b: c(e: {f: $a}) "
      "{ ... on I @j { k } ...l } } fragment l on T { m }",
      "# mutation\n{ mutation: a(t: \"\"\"\\\"\"\" }\"\"\", s: \"\\u0041\") }",
      "mutation M { a }",
      "subscription { a }",
      "query A { a } mutation { b }",
      "\xef\xbb\xbf{ ... @include(if: true) { a } }"};
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!is_graphql_query(text)) return 0;
  FUZZ_CHECK(text.find('{') != text.npos && text.find('}') != text.npos);
  FUZZ_CHECK(is_graphql_query("query { a } " + text));
  FUZZ_CHECK(is_graphql_query(text + "\n{ a }"));
  FUZZ_CHECK(!is_graphql_query("mutation { a } " + text));
  FUZZ_CHECK(!is_graphql_query(text + "\nmutation { a }"));
  FUZZ_CHECK(!is_graphql_query(text + "\nsubscription S { a }"));
  // Without comments and strings "mutation" is a name of something else.
  const bool is_plain = text.find_first_of("\"#") == text.npos;
  const std::size_t first = text.find_first_not_of(" \t\r\n,\xef\xbb\xbf");
  if (is_plain) FUZZ_CHECK(!text.substr(first).starts_with("mutation"));
  return 0;
}
