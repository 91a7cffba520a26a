#include "scanner/match/reader_tools.h"

#include <algorithm>

#include "scanner/match/lines.h"
#include "scanner/match/value.h"

namespace overreach {

std::string_view part(const ReaderInput& input, std::size_t begin,
                      std::size_t end) {
  return input.text.substr(begin, end - begin);
}

void add_finding(const ReaderInput& input, const TokenRule* rule,
                 std::size_t begin, std::size_t end, Confidence confidence,
                 std::string_view reason, std::string_view key, Findings& out) {
  if (!rule) return;
  Finding finding;
  finding.rule = rule;
  finding.begin = begin;
  finding.end = end;
  finding.confidence = confidence;
  finding.reasons = {reason};
  finding.key = key;
  finding.priority = kByReader;
  if (is_example_file(input.path)) finding.confidence = Confidence::low;
  out.push_back(std::move(finding));
}

void note_far_look(const ReaderInput& input, std::size_t at, std::size_t begin,
                   std::size_t end) {
  // The line of either end, and what nearness() looks at beside it.
  constexpr std::size_t kAround = kLineReach + 400;
  input.far_looks.push_back(
      {at, begin - std::min(begin, kAround), end + kAround});
}

std::string_view generic_rule(NameKind kind) {
  switch (kind) {
    case NameKind::password:
      return "generic-password";
    case NameKind::secret:
      return "generic-secret";
    case NameKind::token:
      return "generic-token";
    case NameKind::hash:
      return "generic-password-hash";
    default:
      return "generic-api-key";
  }
}

// The password of a place that only holds passwords: anything but a
// placeholder counts; a word everybody uses counts little.
std::optional<Confidence> judge_password_here(std::string_view value) {
  ValueSetting setting;
  setting.quoted = true;
  setting.near_user = true;
  const Verdict verdict = judge_value(NameKind::password, value, setting);
  if (!verdict.is_secret) return std::nullopt;
  return verdict.confidence;
}

const TokenRule* rule_for(const ReaderInput& input, Finder finder,
                          std::size_t begin, std::size_t end) {
  const TokenRule* any = nullptr;
  for (const std::uint32_t i : input.with(finder)) {
    const TokenRule& rule = input.rules.tokens[i];
    if (rule.context.empty()) {
      any = &rule;
    } else if (input.contexts.nearness(i, input.text, begin, end, {}) !=
               Nearness::none) {
      return &rule;
    }
  }
  return any;
}

}  // namespace overreach
