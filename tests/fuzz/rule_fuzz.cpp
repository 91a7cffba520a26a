// Rule files in both formats.  What reads well must pack, check and give
// examples.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scanner/rulebook/rulebook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Files that name further files to read are of no use here.
  if (size > 4096 || text.find("extend") != text.npos) return 0;
  overreach::RuleSet rules;
  if (!overreach::add_rule_text("fuzz.toml", text, rules)) return 0;
  overreach::check_rules(rules);
  const std::string bytes = overreach::pack_rules(rules);
  const overreach::RuleSet again = overreach::unpack_rules(bytes);
  if (again.tokens.size() != rules.tokens.size()) std::abort();
  return 0;
}
