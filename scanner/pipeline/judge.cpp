// Behind the barrier: no file is read from here on.

#include "scanner/pipeline/judge.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "scanner/privilege/privilege.h"
#include "scanner/rulebook/rulebook.h"

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

void add_rule_infos(const RuleSet& rules, Report& report) {
  std::map<std::string, const TokenRule*> fired;
  for (const Credential& credential : report.credentials) {
    fired[credential.rule] = rules.find(credential.rule);
  }
  for (const auto& [id, rule] : fired) {
    report.rule_infos.push_back(
        {id, std::string(rule->name), std::string(rule->provider_name),
         std::string(rule->docs), std::string(rule->revoke),
         std::string(rule->narrower)});
  }
}

std::vector<Credential> visible(const ScanOptions& options,
                                const RuleSet& rules,
                                std::vector<Credential> credentials,
                                Report& report) {
  std::vector<Credential> shown;
  for (Credential& credential : credentials) {
    if (const TokenRule* rule = rules.find(credential.rule)) {
      assess_offline(*rule, options.now, credential);
    }
    if (credential.confidence < options.min_confidence) {
      ++report.hidden;
    } else {
      shown.push_back(std::move(credential));
    }
  }
  return shown;
}

// What the kinds allow by default, then what the providers say.
void ask(const ScanOptions& options, Diagnostics& diagnostics, Report& report) {
  if (report.credentials.empty()) return;
  const ProviderSet providers =
      options.providers ? options.providers() : builtin_providers();
  for (Credential& credential : report.credentials) {
    assume_powers(providers, credential);
  }
  if (options.privileges == Privileges::ask) {
    report.contacted =
        ask_providers(providers, options.ask, report.credentials, diagnostics);
  } else if (options.privileges == Privileges::plan) {
    report.plan = plan_requests(providers, options.ask, report.credentials);
  }
}

}  // namespace

void judge(const ScanOptions& options, const RuleSet& rules,
           std::vector<Credential> credentials, Diagnostics& diagnostics,
           Report& report) {
  report.credentials = visible(options, rules, std::move(credentials), report);
  ask(options, diagnostics, report);
  for (Credential& credential : report.credentials) {
    credential.severity = severity_of(credential);
    report.at_gate += is_at_gate(options, credential);
  }
  std::sort(report.credentials.begin(), report.credentials.end(),
            more_dangerous);
  add_rule_infos(rules, report);
}

}  // namespace overreach
