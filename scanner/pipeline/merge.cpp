#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/order.h"
#include "scanner/pipeline/pipeline.h"

namespace overreach {
namespace {

// What of `from` is not there yet, in its order.
template <typename T>
void add_new(std::vector<T> from, std::vector<T>& into) {
  for (T& each : from) {
    if (std::find(into.begin(), into.end(), each) == into.end()) {
      into.push_back(std::move(each));
    }
  }
}

// "a.json, b.json".
std::string listed(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) {
    list += (list.empty() ? "" : ", ") + word;
  }
  return list;
}

// Each said by some of the reports, for people.
struct Names {
  std::vector<std::string> versions, rules, configs, files;

  void add(const Report& report) {
    add_new({report.version}, versions);
    add_new({report.rules}, rules);
    if (!report.config.empty()) add_new({report.config}, configs);
    add_new({report.target}, files);
  }
};

bool is_better_known(const Credential& a, const Credential& b) {
  const auto knowledge = [](const Credential& c) {
    return std::tuple(c.reach.evidence, c.live.has_value(), c.reach.level);
  };
  return knowledge(a) > knowledge(b);
}

void join(Environment other, Environment& environment) {
  if (other.value == environment.value) {
    add_new(std::move(other.origins), environment.origins);
  } else if (other.value > environment.value) {
    environment = std::move(other);
  }
}

void join(Credential other, Credential& credential) {
  if (is_better_known(other, credential)) std::swap(other, credential);
  if (!credential.live) credential.live = other.live;
  if (credential.secret.empty()) credential.secret = other.secret;
  credential.confidence = std::max(credential.confidence, other.confidence);
  add_new(std::move(other.reasons), credential.reasons);
  join(std::move(other.environment), credential.environment);
  add_new(std::move(other.facts), credential.facts);
  credential.places.insert(credential.places.end(), other.places.begin(),
                           other.places.end());
  sort_places(credential.places);
  credential.severity = severity_of(credential);
}

bool is_same_place(const Place& a, const Place& b) {
  const auto position = [](const Place& p) {
    return std::tie(p.path, p.line, p.column, p.commit, p.note);
  };
  return position(a) == position(b);
}

// The first place stays the first: it is where to look.
void join(Crossing other, Crossing& crossing) {
  if (other.severity > crossing.severity) std::swap(other, crossing);
  crossing.confidence = std::max(crossing.confidence, other.confidence);
  add_new(std::move(other.origins), crossing.origins);
  add_new(std::move(other.credentials), crossing.credentials);
  for (Place& place : other.places) {
    const bool is_known = std::any_of(
        crossing.places.begin(), crossing.places.end(),
        [&](const Place& each) { return is_same_place(each, place); });
    if (!is_known) crossing.places.push_back(std::move(place));
  }
}

// Credentials or crossings: those that are there already are joined.
template <typename Finding>
void add_findings(std::vector<Finding> from,
                  std::map<std::string, std::size_t>& known,
                  std::vector<Finding>& into) {
  for (Finding& each : from) {
    const auto [at, is_new] = known.emplace(each.id, into.size());
    if (is_new) {
      into.push_back(std::move(each));
    } else {
      join(std::move(each), into[at->second]);
    }
  }
}

void add_scanned(const Scanned& from, Scanned& into) {
  into.files += from.files;
  into.blobs += from.blobs;
  into.commits += from.commits;
  into.bytes += from.bytes;
  into.lines += from.lines;
  into.seconds += from.seconds;
  if (into.started == 0 || (from.started > 0 && from.started < into.started)) {
    into.started = from.started;
  }
}

void add_contacts(const std::vector<Contact>& from,
                  std::vector<Contact>& into) {
  for (const Contact& contact : from) {
    const auto known = std::find_if(
        into.begin(), into.end(),
        [&](const Contact& each) { return each.host == contact.host; });
    if (known == into.end()) {
      into.push_back(contact);
    } else {
      known->requests += contact.requests;
    }
  }
}

// All but the names and the findings.
Status add_envelope(Report& from, Report& into) {
  if (from.surroundings && into.surroundings) {
    return fail(from.target +
                ": says what stands around a folder, and so does a report "
                "before it; such reports cannot be merged");
  }
  if (from.surroundings) into.surroundings = std::move(from.surroundings);
  into.complete = into.complete && from.complete;
  std::move(from.problems.begin(), from.problems.end(),
            std::back_inserter(into.problems));
  add_scanned(from.scanned, into.scanned);
  add_contacts(from.contacted, into.contacted);
  into.hidden += from.hidden;
  into.suppressed += from.suppressed;
  into.ignored += from.ignored;
  into.known += from.known;
  return {};
}

template <typename Finding>
void hold_to(const ScanOptions& options, std::vector<Finding>& findings,
             Report& report) {
  report.hidden += std::erase_if(findings, [&](const Finding& finding) {
    return finding.confidence < options.min_confidence;
  });
  for (const Finding& finding : findings) {
    report.at_gate += is_at_gate(options, finding);
  }
}

}  // namespace

Result<Report> merge(std::vector<Report> reports, const ScanOptions& options,
                     const RuleSet& rules) {
  Report report;
  std::map<std::string, std::size_t> credentials, crossings;
  Names names;
  for (Report& each : reports) {
    names.add(each);
    TRY(add_envelope(each, report));
    add_findings(std::move(each.credentials), credentials, report.credentials);
    add_findings(std::move(each.crossings), crossings, report.crossings);
  }
  report.version = listed(names.versions);
  report.rules = listed(names.rules);
  report.config = listed(names.configs);
  report.target = "what " + listed(names.files) +
                  (names.files.size() == 1 ? " reports" : " report");
  report.is_saved = true;
  sort_problems(report.problems);
  std::sort(report.contacted.begin(), report.contacted.end(),
            [](const Contact& a, const Contact& b) { return a.host < b.host; });
  hold_to(options, report.credentials, report);
  hold_to(options, report.crossings, report);
  // Those of one report are in order already.
  std::stable_sort(report.credentials.begin(), report.credentials.end(),
                   more_dangerous);
  std::stable_sort(report.crossings.begin(), report.crossings.end(),
                   [](const Crossing& a, const Crossing& b) {
                     return a.severity > b.severity;
                   });
  add_infos(rules, report);
  return report;
}

}  // namespace overreach
