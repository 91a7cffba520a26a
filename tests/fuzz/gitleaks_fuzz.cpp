// Rule files of gitleaks, and RE2 patterns at work: the input is a rule file,
// a zero byte, and a text that the rules are matched against.

#include <algorithm>
#include <string_view>

#include "scanner/match/match.h"
#include "scanner/rulebook/rulebook.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {

std::vector<std::string> fuzz_seeds() {
  const std::string rule =
      "[[rules]]\nid = \"acme\"\ndescription = \"Acme\"\n"
      "regex = '''(?i)acme_[a-z]{4}_([0-9a-f]{8})'''\nsecretGroup = 1\n"
      "entropy = 1.5\nkeywords = [\"acme\"]\n";
  const std::string text = std::string(1, '\0') + "key: acme_abcd_0a1b2c3d\n";
  return {
      rule + text,
      rule +
          "[[rules.allowlists]]\nregexTarget = \"line\"\n"
          "regexes = ['''key''']\nstopwords = [\"abcd\"]\n" +
          text,
      "[extend]\nuseDefault = true\ndisabledRules = [\"aws-access-token\"]\n" +
          rule + "[allowlist]\nregexes = ['''test''']\n" + text,
  };
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(input.find('\0'), input.size());
  const std::string_view file = input.substr(0, cut);
  if (file.find("extend") != file.npos && file.find("path") != file.npos) {
    return 0;  // would read another file
  }
  RuleSet rules;
  if (!add_rule_text("fuzz.toml", file, rules)) return 0;
  std::string text(input.substr(std::min(cut + 1, input.size())));
  const std::size_t text_bytes = text.size();
  text.append(kTextPadding, '\0');
  const Matcher matcher(rules);
  Matcher::Scratch scratch;
  const MatchResult result =
      matcher.match({.path = "fuzz.txt",
                     .bytes = std::string_view(text).substr(0, text_bytes)},
                    scratch);
  for (const Candidate& candidate : result.candidates) {
    FUZZ_CHECK(candidate.begin <= candidate.end);
    FUZZ_CHECK(candidate.end <= text_bytes);
  }
  return 0;
}
