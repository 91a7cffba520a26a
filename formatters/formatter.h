// A format is a function; JSON is one that can be read back, too.  Formatters
// see the report and nothing else; they decide nothing, they only write.  They
// may be called from one thread at a time; they throw nothing and leave errors
// in the stream's state.
//
// Every format redacts in the same two ways: a secret is written by
// shown_secret() alone, and texts that quote scanned content (paths, keys,
// claims, problems) go through a Redactor.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/report.h"

namespace overreach {

using Formatter =
    std::function<void(const Report&, const OutputOptions&, std::ostream&)>;

struct Format {
  std::string_view name;
  std::string_view help;
  Formatter write;
};

// Every format, in the order of --help.
const std::vector<Format>& formats();

// One line on a scan that is not complete: how many parts could not be read,
// and which first.  REQUIRES: !report.complete
std::string incomplete_line(const Report& report, const OutputOptions& options);

// For people: the most dangerous first, at most one screen before the details.
void write_text(const Report&, const OutputOptions&, std::ostream&);

// One JSON document, overreach.report/1: formatters/report.schema.json.  What
// is not known is null; an empty list is [].
void write_json(const Report&, const OutputOptions&, std::ostream&);

// The same in lines, each one JSON object: the first is the report without its
// two lists (it has "schema"), then one line for each credential (it has
// "rule"), then one for each crossing (it has "kind").
void write_jsonl(const Report&, const OutputOptions&, std::ostream&);

// SARIF 2.1.0, for code scanning.  Columns are bytes where SARIF wants code
// points: the same for ASCII lines, and nothing here has the line's text.
void write_sarif(const Report&, const OutputOptions&, std::ostream&);

// One HTML page that stands alone: no script, nothing loaded from elsewhere.
// What is long is folded; `verbose` writes all of it.
void write_html(const Report&, const OutputOptions&, std::ostream&);

// RFC 4180 with one header line, a row for each place; columns: csv.cpp.
// Findings of all kinds in one order of danger, then what was not read.
void write_csv(const Report&, const OutputOptions&, std::ostream&);

// JUnit's XML: a suite of credentials, one of crossings and one of what was
// read.  A suite is never empty: with nothing to say it has a test that passed.
void write_junit(const Report&, const OutputOptions&, std::ostream&);

// GitLab's report of secret detection, schema 15.0.7.  Never shows a secret
// itself.
void write_gitlab(const Report&, const OutputOptions&, std::ostream&);

// Workflow commands of GitHub Actions, a line each: one for a finding at its
// first place, the last one for the scan.  Never shows a secret itself.
void write_github(const Report&, const OutputOptions&, std::ostream&);

// What write_json() or write_jsonl() wrote.  Of JSON lines each with "schema"
// begins another report.  `name` is the file's; it becomes the target of the
// reports, and errors begin with it and name the place: "a.json:
// credentials[3].reach.level: ...".  Keys nobody knows are passed over, as
// later programs may write them.  What a report does not say stays empty: the
// root of its places, what a rule is about, secrets that were not shown.
Result<std::vector<Report>> read_saved_reports(std::string_view text,
                                               const std::string& name);

}  // namespace overreach
