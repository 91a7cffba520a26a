// Reads back what json.cpp wrote (report.schema.json).

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "formatters/formatter.h"
#include "formatters/saved_json.h"
#include "formatters/times.h"
#include "formatters/utf8.h"

namespace overreach {
namespace {

constexpr std::string_view kSchema = "overreach.report/1";

Resource resource_of(SavedJson& json, const SavedValue& value) {
  return {json.text(value, "name"), json.known(value, "kind"),
          json.word(value, "environment", parse_environment),
          json.perhaps(value, "protected")};
}

Power power_of(SavedJson& json, const SavedValue& value) {
  return {json.text(value, "operation"), json.texts(value, "destroys"),
          json.word(value, "evidence", parse_evidence),
          json.list<Resource>(value, "resources", resource_of)};
}

Reach reach_of(SavedJson& json, const SavedValue& value) {
  Reach reach;
  reach.level = json.word(value, "level", parse_level);
  reach.evidence = json.word(value, "evidence", parse_evidence);
  reach.why = json.known(value, "why");
  reach.identity = json.known(value, "identity");
  reach.scopes = json.texts(value, "scopes");
  reach.powers = json.list<Power>(value, "powers", power_of);
  return reach;
}

Place place_of(SavedJson& json, const SavedValue& value) {
  Place place;
  place.path = unescaped_path(json.text(value, "path"));
  place.line = json.number<std::uint32_t>(value, "line");
  place.column = json.number<std::uint32_t>(value, "column");
  place.end_line = json.number<std::uint32_t>(value, "end_line");
  place.end_column = json.number<std::uint32_t>(value, "end_column");
  place.key = json.known(value, "key");
  place.source = json.text(value, "source");
  place.exposure = json.word(value, "exposure", parse_exposure);
  place.environment = json.word(value, "environment", parse_environment);
  place.commit = json.known(value, "commit");
  place.author = json.known(value, "author");
  place.date = json.known(value, "date");
  place.in_head = json.perhaps(value, "in_head");
  place.refs = json.texts(value, "refs");
  place.more_refs = json.number<std::uint64_t>(value, "more_refs");
  place.part = json.known(value, "part");
  place.note = json.known(value, "note");
  return place;
}

// At least one: it is where to look.
std::vector<Place> places_of(SavedJson& json, const SavedValue& value) {
  std::vector<Place> places = json.list<Place>(value, "places", place_of);
  if (places.empty()) {
    json.refuse(value, "places", "must hold a place");
    places.emplace_back();
  }
  return places;
}

Credential credential_of(SavedJson& json, const SavedValue& value) {
  Credential credential;
  credential.id = json.text(value, "id");
  credential.rule = json.text(value, "rule");
  credential.provider = json.known(value, "provider");
  credential.name = json.text(value, "name");
  credential.shown = json.text(value, "redacted");
  if (json.has(value, "secret")) {
    credential.secret = Secret(json.text(value, "secret"));
  }
  credential.confidence = json.word(value, "confidence", parse_confidence);
  credential.reasons = json.texts(value, "reasons");
  credential.severity = json.word(value, "severity", parse_severity);
  credential.live = json.perhaps(value, "live");
  credential.reach = reach_of(json, json.object(value, "reach"));
  const SavedValue environment = json.object(value, "environment");
  credential.environment.value =
      json.word(environment, "class", parse_environment);
  credential.environment.origins = json.texts(environment, "origins");
  credential.facts = json.members(value, "facts");
  const SavedValue remedy = json.object(value, "remedy");
  credential.remedy = {json.known(remedy, "revoke"),
                       json.known(remedy, "narrower")};
  credential.places = places_of(json, value);
  return credential;
}

Crossing crossing_of(SavedJson& json, const SavedValue& value) {
  Crossing crossing;
  crossing.id = json.text(value, "id");
  crossing.kind = json.text(value, "kind");
  crossing.severity = json.word(value, "severity", parse_severity);
  crossing.confidence = json.word(value, "confidence", parse_confidence);
  crossing.message = json.text(value, "message");
  crossing.remedy = json.known(value, "remedy");
  crossing.origins = json.texts(value, "origins");
  crossing.places = places_of(json, value);
  crossing.credentials = json.texts(value, "credentials");
  return crossing;
}

CredentialStore store_of(SavedJson& json, const SavedValue& value) {
  return {json.text(value, "tool"),
          unescaped_path(json.text(value, "path")),
          json.text(value, "holds"),
          json.word(value, "extent", parse_extent),
          json.texts(value, "credentials"),
          json.known(value, "denied_by")};
}

AmbientTarget target_of(SavedJson& json, const SavedValue& value) {
  AmbientTarget target;
  target.tool = json.text(value, "tool");
  target.what = json.text(value, "what");
  target.name = json.text(value, "name");
  target.environment = json.word(value, "environment", parse_environment);
  target.extent = json.word(value, "extent", parse_extent);
  target.place = place_of(json, json.object(value, "place"));
  return target;
}

Surroundings surroundings_of(SavedJson& json, const SavedValue& value) {
  Surroundings around;
  around.folder = unescaped_path(json.text(value, "folder"));
  around.home = unescaped_path(json.text(value, "home"));
  around.variables = json.number<std::size_t>(value, "variables");
  around.asks = json.word(value, "asks", parse_asks);
  around.why = json.texts(value, "why");
  around.stores = json.list<CredentialStore>(value, "stores", store_of);
  around.targets = json.list<AmbientTarget>(value, "targets", target_of);
  return around;
}

Problem problem_of(SavedJson& json, const SavedValue& value) {
  return {unescaped_path(json.known(value, "path")), json.text(value, "what"),
          json.has(value, "left_out") ? Problem::Kind::left_out
                                      : Problem::Kind::incomplete};
}

Contact contact_of(SavedJson& json, const SavedValue& value) {
  return {json.text(value, "host"),
          json.number<std::uint64_t>(value, "requests")};
}

std::optional<std::int64_t> parse_started(std::string_view text) {
  if (!text.ends_with('Z')) return std::nullopt;
  return parse_utc(text.substr(0, text.size() - 1));
}

Scanned scanned_of(SavedJson& json, const SavedValue& value) {
  Scanned scanned;
  scanned.files = json.number<std::uint64_t>(value, "files");
  scanned.blobs = json.number<std::uint64_t>(value, "blobs");
  scanned.commits = json.number<std::uint64_t>(value, "commits");
  scanned.bytes = json.number<std::uint64_t>(value, "bytes");
  scanned.seconds = json.fraction(value, "seconds");
  if (json.has(value, "started")) {
    scanned.started = json.word(value, "started", parse_started);
  }
  if (json.has(value, "lines")) {
    scanned.lines = json.number<std::uint64_t>(value, "lines");
  }
  return scanned;
}

// All but the two lists.
Report envelope_of(SavedJson& json, const SavedValue& value) {
  Report report;
  const std::string schema = json.text(value, "schema");
  if (schema != kSchema) {
    json.refuse(value, "schema",
                "must be " + std::string(kSchema) + ", not " + schema);
    return report;
  }
  const SavedValue tool = json.object(value, "tool");
  report.version = json.text(tool, "version");
  report.rules = json.text(tool, "rules");
  if (json.has(tool, "config")) {
    report.config = unescaped_path(json.text(tool, "config"));
  }
  report.complete = json.truth(value, "complete");
  report.problems = json.list<Problem>(value, "problems", problem_of);
  report.scanned = scanned_of(json, json.object(value, "scanned"));
  const SavedValue not_shown = json.object(value, "not_shown");
  report.hidden = json.number<std::size_t>(not_shown, "low_confidence");
  report.suppressed = json.number<std::size_t>(not_shown, "marker");
  report.ignored = json.number<std::size_t>(not_shown, "ignore_file");
  report.known = json.number<std::size_t>(not_shown, "baseline");
  report.contacted = json.list<Contact>(value, "contacted", contact_of);
  if (json.has(value, "surroundings")) {
    report.surroundings =
        surroundings_of(json, json.object(value, "surroundings"));
  }
  return report;
}

Result<Report> report_of(const nlohmann::ordered_json& document) {
  SavedJson json;
  const SavedValue root{&document, ""};
  Report report = envelope_of(json, root);
  if (json.status()) {
    report.credentials =
        json.list<Credential>(root, "credentials", credential_of);
    report.crossings = json.list<Crossing>(root, "crossings", crossing_of);
  }
  TRY(json.status());
  return report;
}

// Adds what one of the lines says.
Status add_line(const nlohmann::ordered_json& line,
                std::vector<Report>& reports) {
  SavedJson json;
  const SavedValue root{&line, ""};
  if (json.has(root, "schema")) {
    reports.push_back(envelope_of(json, root));
    return json.status();
  }
  if (reports.empty()) return fail("must begin with a line with \"schema\"");
  if (json.has(root, "rule")) {
    reports.back().credentials.push_back(credential_of(json, root));
  } else if (json.has(root, "kind")) {
    reports.back().crossings.push_back(crossing_of(json, root));
  } else {
    return fail("is neither a report nor a credential nor a crossing");
  }
  return json.status();
}

Result<std::vector<Report>> read_lines(std::string_view text) {
  std::vector<Report> reports;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const std::string at = "line " + std::to_string(number) + ": ";
    const auto document = parse_saved(line);
    if (!document) return fail(at + "is no JSON");
    if (const Status added = add_line(*document, reports); !added) {
      return fail(at + added.error().text);
    }
  }
  return reports;
}

// Whether the first line is one of several, each a JSON object.
bool are_lines(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == text.npos || text.find_first_not_of(" \t\r\n", end) == text.npos) {
    return false;
  }
  return parse_saved(text.substr(0, end)).has_value();
}

Result<std::vector<Report>> read_reports(std::string_view text) {
  if (are_lines(text)) return read_lines(text);
  std::size_t line = 0;
  const auto document = parse_saved(text, &line);
  if (!document) {
    return fail("line " + std::to_string(line) +
                ": is no JSON; a report is what --format json or jsonl wrote");
  }
  // Of nothing found the lines are one.
  if (document->is_object() && !document->contains("credentials")) {
    return read_lines(text);
  }
  TRY_ASSIGN(Report report, report_of(*document));
  std::vector<Report> reports;
  reports.push_back(std::move(report));
  return reports;
}

}  // namespace

Result<std::vector<Report>> read_saved_reports(std::string_view text,
                                               const std::string& name) {
  auto reports = read_reports(text);
  if (!reports) return fail(name + ": " + reports.error().text);
  if (reports->empty()) return fail(name + ": holds no report");
  for (Report& report : *reports) {
    report.target = name;
    report.is_saved = true;
  }
  return reports;
}

}  // namespace overreach
