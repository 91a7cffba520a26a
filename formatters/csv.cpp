// One table as RFC 4180 describes it, a row for each place of a finding: for
// spreadsheets, and for programs that read nothing else.  Controls and bytes
// that are not UTF-8 stand escaped, so that a row is one line.  What was not
// read has rows, too: an empty table would say that there is nothing.
#include <array>
#include <string>
#include <string_view>

#include "formatters/by_danger.h"
#include "formatters/findings.h"
#include "formatters/formatter.h"
#include "formatters/redactor.h"
#include "formatters/sentences.h"
#include "formatters/utf8.h"

namespace overreach {
namespace {

struct Row {
  std::string type, id, rule, provider, name, severity, confidence, reach,
      evidence, live, environment, exposure, path, line, column, end_line,
      end_column, key, commit, author, date, redacted, revoke, narrower;
};

struct Column {
  std::string_view name;
  std::string Row::*cell;
};

// Other programs read this: columns may be added behind these.
constexpr std::array<Column, 24> kColumns = {{
    {"type", &Row::type},
    {"id", &Row::id},
    {"rule", &Row::rule},
    {"provider", &Row::provider},
    {"name", &Row::name},
    {"severity", &Row::severity},
    {"confidence", &Row::confidence},
    {"reach", &Row::reach},
    {"evidence", &Row::evidence},
    {"live", &Row::live},
    {"environment", &Row::environment},
    {"exposure", &Row::exposure},
    {"path", &Row::path},
    {"line", &Row::line},
    {"column", &Row::column},
    {"end_line", &Row::end_line},
    {"end_column", &Row::end_column},
    {"key", &Row::key},
    {"commit", &Row::commit},
    {"author", &Row::author},
    {"date", &Row::date},
    {"redacted", &Row::redacted},
    {"revoke", &Row::revoke},
    {"narrower", &Row::narrower},
}};

// A spreadsheet runs what begins with one of these.  (A tab or carriage return
// would do, too; they stand escaped.)
constexpr std::string_view kFormula = "=+-@";
// Where a comma is part of numbers, spreadsheets separate by a semicolon.
constexpr std::string_view kQuoted = ",;\"";

std::string cell(std::string_view text) {
  std::string shown = visible(text);
  if (!shown.empty() && kFormula.find(shown[0]) != kFormula.npos) {
    shown.insert(shown.begin(), '\'');
  }
  if (shown.find_first_of(kQuoted) == shown.npos) return shown;
  std::string quoted = "\"";
  for (const char c : shown) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + '"';
}

class Table {
 public:
  Table(const Report& report, const OutputOptions& options, std::ostream& out)
      : report_(report),
        options_(options),
        redacted_(report, options),
        out_(out) {}

  void write() {
    for (const Column& each : kColumns) next(each, each.name);
    by_danger(
        report_, [&](const Credential& each) { rows(each); },
        [&](const Crossing& each) { rows(each); });
    problems();
  }

 private:
  void rows(const Credential& credential) {
    Row row;
    row.type = "credential";
    row.id = credential.id;
    row.rule = credential.rule;
    row.provider = credential.provider;
    row.name = credential.name;
    row.severity = to_string(credential.severity);
    row.confidence = to_string(credential.confidence);
    row.reach = to_string(credential.reach.level);
    row.evidence = to_string(credential.reach.evidence);
    if (credential.live) row.live = *credential.live ? "true" : "false";
    row.environment = to_string(credential.environment.value);
    row.redacted = shown_secret(credential, options_);
    row.revoke = credential.remedy.revoke;
    row.narrower = credential.remedy.narrower;
    for (const Place& place : credential.places) {
      fill(row, place, &credential);
      write(row);
    }
  }

  void rows(const Crossing& crossing) {
    Row row;
    row.type = "crossing";
    row.id = crossing.id;
    row.rule = crossing.kind;
    row.name = redacted_(crossing.message);
    row.severity = to_string(crossing.severity);
    row.confidence = to_string(crossing.confidence);
    row.narrower = crossing.remedy;
    for (const Place& place : crossing.places) {
      row.environment = to_string(place.environment);
      fill(row, place, nullptr);
      write(row);
    }
  }

  void fill(Row& row, const Place& place, const Credential* owner) const {
    row.exposure = to_string(place.exposure);
    row.path = shown_path(place, owner, redacted_);
    row.line = std::to_string(place.line);
    row.column = std::to_string(place.column);
    row.end_line = std::to_string(place.end_line);
    row.end_column = std::to_string(place.end_column);
    row.key = redacted_.name(place.key, owner);
    row.commit = place.commit;
    row.author = redacted_(place.author);
    row.date = place.date;
  }

  void problems() {
    for (const Problem& problem : report_.problems) {
      const bool is_left_out = problem.kind == Problem::Kind::left_out;
      Row row;
      row.type = is_left_out ? "left-out" : "problem";
      row.name = redacted_(problem.what);
      row.path = redacted_.name(problem.path);
      write(row);
    }
    if (!lacks_a_reason(report_)) return;
    Row row;
    row.type = "problem";
    row.name = "the scan is not complete";
    write(row);
  }

  void write(const Row& row) {
    for (const Column& each : kColumns) next(each, row.*each.cell);
  }

  void next(const Column& column, std::string_view text) {
    const bool is_last = &column == &kColumns.back();
    out_ << cell(text) << (is_last ? "\r\n" : ",");
  }

  const Report& report_;
  const OutputOptions& options_;
  const Redactor redacted_;
  std::ostream& out_;
};

}  // namespace

void write_csv(const Report& report, const OutputOptions& options,
               std::ostream& out) {
  Table(report, options, out).write();
}

}  // namespace overreach
