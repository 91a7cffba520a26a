// The matcher with all built-in rules over any bytes: what it says about a
// candidate is true of the text, and it overlooks no shape that trying every
// rule at every byte finds.  The first byte chooses the kind of file.

#include <algorithm>
#include <memory>
#include <string_view>

#include "scanner/match/match.h"
#include "scanner/rulebook/rulebook.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {
namespace {

constexpr std::string_view kPaths[] = {"a.txt",
                                       "src/main.py",
                                       ".env",
                                       "config.yml",
                                       "app.json",
                                       "pom.xml",
                                       ".netrc",
                                       ".pgpass",
                                       ".npmrc",
                                       "docker-compose.yml",
                                       "etc/shadow",
                                       ".htpasswd",
                                       "script.sh",
                                       "settings.ini",
                                       "schema.sql",
                                       "router.cfg",
                                       "Main.java",
                                       "terraform.tfvars",
                                       ".git-credentials",
                                       "id_rsa"};

const RuleSet& all_rules() {
  static const RuleSet rules = builtin_rules();
  return rules;
}

// The text alone in a block of its own, so that a read behind the padding is
// seen by the address sanitizer.
struct Block {
  explicit Block(std::string_view text)
      : bytes(new char[text.size() + kTextPadding]), size(text.size()) {
    std::copy(text.begin(), text.end(), bytes.get());
    std::fill_n(bytes.get() + size, kTextPadding, '\0');
  }
  std::string_view view() const { return {bytes.get(), size}; }
  std::unique_ptr<char[]> bytes;
  std::size_t size;
};

void check_candidate(const Candidate& candidate, std::string_view text) {
  FUZZ_CHECK(candidate.rule != nullptr);
  FUZZ_CHECK(!candidate.secret.empty());
  FUZZ_CHECK(candidate.begin < candidate.end);
  FUZZ_CHECK(candidate.end <= text.size());
  const auto before = text.substr(0, candidate.begin);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  FUZZ_CHECK(candidate.line == static_cast<std::size_t>(line));
  FUZZ_CHECK(candidate.column == before.size() - (before.rfind('\n') + 1) + 1);
}

// A stronger one may stand in its place.
bool is_covered(const Candidate& slow, const MatchResult& result) {
  return std::any_of(result.candidates.begin(), result.candidates.end(),
                     [&](const Candidate& fast) {
                       return fast.begin < slow.end && slow.begin < fast.end;
                     });
}

}  // namespace

std::vector<std::string> fuzz_seeds() {
  std::vector<std::string> seeds;
  for (const TokenRule& rule : all_rules().tokens) {
    seeds.push_back("\x01" + make_example(rule, 1).text + "\n");
  }
  return seeds;
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  static const Matcher matcher(all_rules());
  static Matcher::Scratch scratch;
  if (size == 0) return 0;
  const Block block({reinterpret_cast<const char*>(data) + 1, size - 1});
  const Text text{.path = kPaths[data[0] % std::size(kPaths)],
                  .bytes = block.view(),
                  .is_binary = data[0] >= 0xf0};
  const MatchResult result = matcher.match(text, scratch);
  for (const Candidate& candidate : result.candidates) {
    check_candidate(candidate, text.bytes);
  }
  if (result.suppressed > 0 || size > 4096) return 0;
  for (const Candidate& slow : matcher.match_slowly(text).candidates) {
    check_candidate(slow, text.bytes);
    if (slow.rule->is_public) continue;  // dropped unless its secret is near
    if (is_covered(slow, result)) continue;
    std::fprintf(stderr, "%s: overlooked %s at %zu of:\n%s\n",
                 std::string(text.path).c_str(),
                 std::string(slow.rule->id).c_str(), slow.begin,
                 std::string(text.bytes).c_str());
    std::abort();
  }
  return 0;
}
