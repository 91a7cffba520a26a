// Behind the barrier: no file is read from here on.

#include "scanner/pipeline/judge.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <utility>

#include "scanner/base/run_threads.h"
#include "scanner/crossing/crossing.h"
#include "scanner/environment/environment.h"
#include "scanner/pipeline/order.h"
#include "scanner/pipeline/threads.h"
#include "scanner/privilege/privilege.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

// To start a thread takes as long as to label a few files.
constexpr std::size_t kFilesOfThread = 4;

std::vector<Credential> visible(const ScanOptions& options,
                                const RuleSet& rules,
                                const std::vector<LabelledFile>& files,
                                const Certificates& certificates,
                                std::vector<Credential> credentials,
                                Report& report) {
  certificates.describe_keys(options.now, credentials);
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

LabelledFile label(SettingsFile file) {
  LabelledFile labelled =
      label_entries(std::move(file.path), file.entries.unpack());
  labelled.source = std::move(file.source);
  labelled.exposure = file.exposure;
  return labelled;
}

// What the files say, each for itself and of one another.
std::vector<LabelledFile> join(std::vector<SettingsFile> kept, int threads) {
  std::sort(kept.begin(), kept.end(),
            [](const SettingsFile& a, const SettingsFile& b) {
              return a.path < b.path;
            });
  std::vector<LabelledFile> files(kept.size());
  std::atomic<std::size_t> next = 0;
  const auto few = static_cast<int>(kept.size() / kFilesOfThread + 1);
  run_threads(std::min(threads, few), [&](int) {
    for (std::size_t at = next++; at < kept.size(); at = next++) {
      files[at] = label(std::move(kept[at]));
    }
  });
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
    report.at_gate += is_at_gate(options, crossing);
    report.crossings.push_back(std::move(crossing));
  }
}

}  // namespace

void judge(const ScanOptions& options, const RuleSet& rules,
           std::vector<Credential> credentials, Seen seen,
           const ReachScan* reach, const Standing* standing, Baseline& baseline,
           Diagnostics& diagnostics, Report& report) {
  const std::vector<LabelledFile> files =
      join(std::move(seen.files), thread_count(options));
  // Crossings may be made of credentials that nobody asked to see.
  const auto wanted = std::stable_partition(
      credentials.begin(), credentials.end(),
      [&](const Credential& each) { return is_wanted(options, each.rule); });
  std::vector<Credential> others(std::make_move_iterator(wanted),
                                 std::make_move_iterator(credentials.end()));
  credentials.erase(wanted, credentials.end());
  report.credentials = visible(options, rules, files, seen.certificates,
                               std::move(credentials), report);
  Report unseen;
  others = visible(options, rules, files, seen.certificates, std::move(others),
                   unseen);
  std::vector<Credential> known = take_known(baseline, report);
  std::move(known.begin(), known.end(), std::back_inserter(others));
  ask(options, diagnostics, report);
  for (Credential& credential : report.credentials) {
    credential.severity = severity_of(credential);
    report.at_gate += is_at_gate(options, credential);
  }
  std::sort(report.credentials.begin(), report.credentials.end(),
            more_dangerous);
  cross(options, std::move(others), files, seen, reach, standing, baseline,
        report);
  add_infos(rules, report);
  if (reach) add_contents(report.credentials, *report.surroundings);
}

}  // namespace overreach
