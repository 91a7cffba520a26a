// overreach check: one credential, from standard input.

#include <algorithm>

#include "scanner/base/text.h"
#include "scanner/match/match.h"
#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/judge.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {
namespace {

bool is_wanted(const std::string& wanted, const TokenRule& rule) {
  return wanted.empty() || rule.provider == wanted || rule.id == wanted;
}

Place on_standard_input() {
  Place place;
  place.path = "-";
  place.source = "stdin";
  place.exposure = Exposure::process;
  return place;
}

std::vector<Credential> found_in(std::string_view text, const RuleSet& rules,
                                 const std::string& wanted) {
  const Matcher matcher(rules);
  Matcher::Scratch scratch;
  const std::string padded = std::string(text) + std::string(kTextPadding, 0);
  const std::string_view bytes =
      std::string_view(padded).substr(0, text.size());
  std::vector<Occurrence> found;
  for (Candidate& candidate :
       matcher.match({"-", bytes, false}, scratch).candidates) {
    if (!is_wanted(wanted, *candidate.rule) && candidate.leads) continue;
    Occurrence occurrence{std::move(candidate), on_standard_input()};
    occurrence.place.line = occurrence.candidate.line;
    occurrence.place.column = occurrence.candidate.column;
    occurrence.place.end_line = occurrence.candidate.end_line;
    occurrence.place.end_column = occurrence.candidate.end_column;
    occurrence.place.key = occurrence.candidate.key;
    found.push_back(std::move(occurrence));
  }
  return to_credentials(std::move(found));
}

std::vector<Credential> whole(std::string_view text, const TokenRule& rule,
                              std::string_view reason) {
  Occurrence occurrence;
  occurrence.candidate.rule = &rule;
  occurrence.candidate.secret = Secret(text);
  occurrence.candidate.confidence = Confidence::high;
  occurrence.candidate.leads = true;
  occurrence.candidate.reasons = {reason};
  occurrence.place = on_standard_input();
  return to_credentials({std::move(occurrence)});
}

// A file that is one credential, of a rule that says what it always holds.
std::vector<Credential> as_a_file(std::string_view text, const RuleSet& rules,
                                  const std::string& wanted) {
  for (const TokenRule& rule : rules.tokens) {
    if (rule.finder != Finder::file || !rule.paths.empty()) continue;
    const bool fits = is_wanted(wanted, rule) &&
                      std::all_of(rule.context.begin(), rule.context.end(),
                                  [&](std::string_view word) {
                                    return text.find(word) != text.npos;
                                  });
    if (fits) return whole(text, rule, "holds what such a file holds");
  }
  return {};
}

// The whole text is the secret: of the rule that was named, or of the first of
// the provider's whose form it has.
std::vector<Credential> as_a_whole(std::string_view text, const RuleSet& rules,
                                   const std::string& wanted) {
  for (const TokenRule& rule : rules.tokens) {
    if (!is_wanted(wanted, rule) || rule.is_public) continue;
    const auto match = match_shape(rule.shape, text, 0);
    const bool fits =
        rule.finder == Finder::shape && match && match->end == text.size();
    if (!fits && rule.id != wanted) continue;
    return whole(text, rule, "named on the command line");
  }
  return {};
}

std::string names_of(const std::vector<Credential>& credentials) {
  std::string names;
  for (const Credential& credential : credentials) {
    names += (names.empty() ? "" : ", ") + credential.rule;
  }
  return names;
}

bool is_known(const std::string& wanted, const RuleSet& rules) {
  return std::any_of(
      rules.tokens.begin(), rules.tokens.end(),
      [&](const TokenRule& rule) { return is_wanted(wanted, rule); });
}

}  // namespace

Result<Report> check(const CheckOptions& options, const RuleSet& rules) {
  if (!is_known(options.wanted, rules)) {
    return fail(options.wanted +
                ": no such provider or rule; see overreach rules list");
  }
  const std::string_view text = trimmed(options.text);
  if (text.empty()) {
    return fail("nothing on standard input; the credential is read from there");
  }
  auto credentials = as_a_file(text, rules, options.wanted);
  if (credentials.empty()) {
    credentials = found_in(options.text, rules, options.wanted);
  }
  if (credentials.empty() && !options.wanted.empty()) {
    credentials = as_a_whole(text, rules, options.wanted);
  }
  if (credentials.empty()) {
    return fail(options.wanted.empty()
                    ? "no credential known by its form; name its provider or "
                      "rule: overreach check railway"
                    : "no credential of " + options.wanted +
                          " on standard input");
  }
  if (credentials.size() > 1) {
    return fail("more than one credential on standard input: " +
                names_of(credentials) + "; name one of them");
  }
  Report report;
  report.version = options.scan.version;
  report.rules = std::to_string(rules.tokens.size()) + " rules";
  report.target = "standard input";
  report.scanned.started = options.scan.now;
  report.scanned.files = 1;
  report.scanned.bytes = options.text.size();
  Diagnostics diagnostics;
  ScanOptions scan = options.scan;
  scan.min_confidence = Confidence::low;
  Baseline nothing;
  judge(scan, rules, std::move(credentials), {}, nullptr, nullptr, nothing,
        diagnostics, report);
  report.problems = diagnostics.take();
  report.complete = report.problems.empty();
  return report;
}

}  // namespace overreach
