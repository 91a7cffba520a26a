#include "scanner/pipeline/order.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "scanner/crossing/crossing.h"

namespace overreach {
namespace {

int exposure_rank(const Credential& credential) {
  switch (credential.places.front().exposure) {
    case Exposure::tracked:
    case Exposure::staged:
      return 3;
    case Exposure::history:
      return 2;
    default:
      return 1;
  }
}

void add_rule_infos(const RuleSet& rules, Report& report) {
  std::map<std::string_view, const Credential*> fired;
  for (const Credential& credential : report.credentials) {
    fired.emplace(credential.rule, &credential);
  }
  for (const auto& [id, credential] : fired) {
    const TokenRule* const rule = rules.find(id);
    report.rule_infos.push_back(
        rule ? RuleInfo{std::string(id), std::string(rule->name),
                        std::string(rule->provider_name),
                        std::string(rule->docs), std::string(rule->revoke),
                        std::string(rule->narrower)}
             : RuleInfo{std::string(id), credential->name, credential->provider,
                        "", credential->remedy.revoke,
                        credential->remedy.narrower});
  }
}

void add_crossing_infos(Report& report) {
  for (const CrossingKind& kind : crossing_kinds()) {
    const bool fired = std::any_of(
        report.crossings.begin(), report.crossings.end(),
        [&](const Crossing& crossing) { return crossing.kind == kind.id; });
    if (!fired) continue;
    report.crossing_infos.push_back(
        {std::string(kind.id), std::string(kind.title), std::string(kind.help),
         std::string(kind.remedy)});
  }
}

}  // namespace

bool more_dangerous(const Credential& a, const Credential& b) {
  const auto danger = [](const Credential& c) {
    return std::tuple(c.severity, c.reach.level, c.environment.value,
                      exposure_rank(c), c.reach.evidence, c.confidence);
  };
  if (danger(a) != danger(b)) return danger(a) > danger(b);
  const Place& place_a = a.places.front();
  const Place& place_b = b.places.front();
  return std::tie(place_a.path, place_a.line, place_a.column, a.id) <
         std::tie(place_b.path, place_b.line, place_b.column, b.id);
}

bool is_at_gate(const ScanOptions& options, const Credential& credential) {
  // What nobody knows counts as reading, as it does for the severity: it opens
  // something, and no more is claimed than there is evidence for.
  const Level level = credential.reach.level == Level::unknown
                          ? Level::read
                          : credential.reach.level;
  return level >= options.fail_on;
}

bool is_at_gate(const ScanOptions& options, const Crossing& crossing) {
  return options.fail_crossings && crossing.severity >= *options.fail_crossings;
}

void add_infos(const RuleSet& rules, Report& report) {
  add_rule_infos(rules, report);
  add_crossing_infos(report);
}

}  // namespace overreach
