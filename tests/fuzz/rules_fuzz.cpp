// Rule files of ours: whatever the text, an error or rules that can be
// checked, packed, unpacked and exemplified.

#include <string_view>

#include "scanner/rulebook/rulebook.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {

std::vector<std::string> fuzz_seeds() {
  const std::string head =
      "[provider]\nid = \"acme\"\nname = \"Acme\"\n"
      "docs = \"https://acme.example/docs\"\n"
      "revoke = \"https://acme.example/keys\"\n";
  const std::string reach =
      "reach = { level = \"write\", evidence = \"assumed\", why = \"w\" }\n"
      "narrower = \"a smaller one\"\n";
  return {
      head,
      head + "[[token]]\nid = \"acme-key\"\nname = \"key\"\n" + reach +
          "shape = \"acme_{mode=live|test}_{base62:32}{base62:6}\"\n"
          "check = \"crc32-base62\"\n"
          "environment = { live = \"production\" }\n"
          "counter_examples = [\"acme_live_{base62:20}\"]\n",
      head + "[[token]]\nid = \"acme-old\"\nname = \"old\"\n" + reach +
          "shape = \"{hex-lower:40}\"\ncontext = [\"acme\"]\n"
          "keys = [\"*ACME_TOKEN\"]\n",
      head +
          "[[token]]\nid = \"acme-id\"\nname = \"id\"\npublic = true\n"
          "pattern = \"acme-([0-9]{8})\"\nkeywords = [\"acme\"]\n"
          "examples = [\"acme-{digits:8}\"]\n",
      head + "[[token]]\nid = \"acme-password\"\nname = \"pw\"\n" + reach +
          "finder = \"assignment\"\nkeys = [\"*ACME_PASS*\"]\n"
          "examples = ['ACME_PASSWORD=«{human}»']\n",
  };
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  RuleSet rules;
  const Status added = add_rule_text("fuzz.toml", text, rules);
  if (!added) {
    FUZZ_CHECK(!added.error().text.empty());
    return 0;
  }
  check_rules(rules);
  const std::string packed = pack_rules(rules);
  const RuleSet unpacked = unpack_rules(packed);
  FUZZ_CHECK(unpacked.tokens.size() == rules.tokens.size());
  for (const TokenRule& rule : unpacked.tokens) {
    const Example example = make_example(rule, 1);
    FUZZ_CHECK(example.text == make_example(rule, 1).text);
    FUZZ_CHECK(example.text.find(example.secret) != std::string::npos);
  }
  return 0;
}
