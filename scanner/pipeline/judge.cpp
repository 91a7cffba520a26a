// Behind the barrier: no file is read from here on.

#include "scanner/pipeline/judge.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "scanner/crossing/crossing.h"
#include "scanner/environment/environment.h"
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
                                const std::vector<LabelledFile>& files,
                                std::vector<Credential> credentials,
                                Report& report) {
  for (Credential& credential : credentials) {
    if (const TokenRule* rule = rules.find(credential.rule)) {
      assess_offline(*rule, options.now, credential);
    }
  }
  label_credentials(credentials, files);
  for (Credential& credential : credentials) {
    if (const TokenRule* rule = rules.find(credential.rule)) {
      assess_places(*rule, credential);
    }
  }
  std::vector<Credential> shown;
  for (Credential& credential : credentials) {
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

// What the files say of one another.
std::vector<LabelledFile> join(std::vector<SettingsFile> kept) {
  std::sort(kept.begin(), kept.end(),
            [](const SettingsFile& a, const SettingsFile& b) {
              return a.path < b.path;
            });
  std::vector<LabelledFile> files;
  files.reserve(kept.size());
  for (SettingsFile& each : kept) {
    files.push_back(label_entries(std::move(each.path), each.entries.unpack()));
    files.back().source = std::move(each.source);
    files.back().exposure = each.exposure;
    each.entries = {};
  }
  follow_references(files);
  anchor(files);
  return files;
}

// Takes what the baseline knows off the report.
std::vector<Credential> take_known(Baseline& baseline, Report& report) {
  const auto known = std::stable_partition(
      report.credentials.begin(), report.credentials.end(),
      [&](const Credential& each) { return !baseline.knows(each.id); });
  std::vector<Credential> taken(
      std::make_move_iterator(known),
      std::make_move_iterator(report.credentials.end()));
  report.credentials.erase(known, report.credentials.end());
  report.known = taken.size();
  return taken;
}

// What the credentials and the entries say together; `others` are those that
// are not reported.
void cross(const ScanOptions& options, std::vector<Credential> others,
           const std::vector<LabelledFile>& files, const Seen& seen,
           const ReachScan* reach, const Standing* standing, Baseline& baseline,
           Report& report) {
  if (reach) report.surroundings = reach->surroundings(files);
  const std::vector<AmbientTarget> targets =
      reach ? report.surroundings->targets : std::vector<AmbientTarget>();
  others.insert(others.end(), report.credentials.begin(),
                report.credentials.end());
  if (standing) others = standing->of(std::move(others), files);
  std::vector<Crossing> crossings = find_crossings(others, files, targets);
  if (reach) {
    Supervision found = supervision(files, crossings);
    report.surroundings->asks = found.asks;
    report.surroundings->why = std::move(found.why);
  }
  for (Crossing& crossing : crossings) {
    if (!is_wanted(options, crossing.kind) || !seen.is_new(crossing)) continue;
    if (seen.allows(crossing)) {
      ++report.suppressed;
      continue;
    }
    if (crossing.confidence < options.min_confidence) {
      ++report.hidden;
      continue;
    }
    if (baseline.knows(crossing.id)) {
      ++report.known;
      continue;
    }
    const auto gate = options.fail_crossings;
    report.at_gate += gate && crossing.severity >= *gate;
    report.crossings.push_back(std::move(crossing));
  }
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

void judge(const ScanOptions& options, const RuleSet& rules,
           std::vector<Credential> credentials, Seen seen,
           const ReachScan* reach, const Standing* standing, Baseline& baseline,
           Diagnostics& diagnostics, Report& report) {
  const std::vector<LabelledFile> files = join(std::move(seen.files));
  // Crossings may be made of credentials that nobody asked to see.
  const auto wanted = std::stable_partition(
      credentials.begin(), credentials.end(),
      [&](const Credential& each) { return is_wanted(options, each.rule); });
  std::vector<Credential> others(std::make_move_iterator(wanted),
                                 std::make_move_iterator(credentials.end()));
  credentials.erase(wanted, credentials.end());
  report.credentials =
      visible(options, rules, files, std::move(credentials), report);
  Report unseen;
  others = visible(options, rules, files, std::move(others), unseen);
  std::vector<Credential> known = take_known(baseline, report);
  std::move(known.begin(), known.end(), std::back_inserter(others));
  ask(options, diagnostics, report);
  for (Credential& credential : report.credentials) {
    credential.severity = severity_of(credential);
    report.at_gate += is_at_gate(options, credential);
  }
  std::sort(report.credentials.begin(), report.credentials.end(),
            more_dangerous);
  add_rule_infos(rules, report);
  cross(options, std::move(others), files, seen, reach, standing, baseline,
        report);
  if (reach) add_contents(report.credentials, *report.surroundings);
}

}  // namespace overreach
