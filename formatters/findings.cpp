#include "formatters/findings.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "formatters/by_danger.h"
#include "formatters/numbers.h"
#include "formatters/text_entry.h"
#include "scanner/base/number_text.h"

namespace overreach {

std::vector<ReportItem> findings_by_danger(const Report& report,
                                           Repeats repeats) {
  std::vector<ReportItem> findings;
  findings.reserve(report.credentials.size() + report.crossings.size());
  std::map<std::string_view, std::size_t> last;  // in full, by rule
  const auto add = [&](const Credential& each) {
    ReportItem finding = {&each, nullptr, {}};
    const auto before = last.find(each.rule);
    if (repeats == Repeats::link && before != last.end() &&
        says_the_same(*findings[before->second].credential, each)) {
      finding.like = before->second;
    } else {
      last[each.rule] = findings.size();
    }
    findings.push_back(finding);
  };
  by_danger(report, add, [&](const Crossing& each) {
    findings.push_back({nullptr, &each, {}});
  });
  return findings;
}

bool crossing_comes_first(const Report& report) {
  if (report.crossings.empty()) return false;
  return report.credentials.empty() || report.crossings.front().severity >=
                                           report.credentials.front().severity;
}

std::string scanned_what(const Scanned& scanned) {
  std::string text;
  if (scanned.lines > 0) text = counted(scanned.lines, "added line") + " of ";
  if (scanned.blobs > 0) text += counted(scanned.blobs, "blob");
  if (scanned.blobs > 0 && scanned.files > 0) text += " and ";
  if (scanned.blobs == 0 || scanned.files > 0) {
    text += counted(scanned.files, "file");
  }
  if (scanned.commits > 0) {
    text += (scanned.lines > 0 ? " in " : " of ") +
            counted(scanned.commits, "commit");
  }
  return text;
}

std::vector<std::string> notes_of(const Place& place,
                                  const Redactor& redacted) {
  std::vector<std::string> notes;
  const auto note = [&notes](std::string_view what) {
    if (!what.empty()) notes.emplace_back(what);
  };
  if (place.exposure != Exposure::untracked) note(to_string(place.exposure));
  if (place.environment != EnvironmentClass::unknown) {
    note(to_string(place.environment));
  }
  note(place.part);
  if (!place.commit.empty()) note("commit " + place.commit.substr(0, 12));
  note(redacted(place.author));
  note(place.date);
  if (place.in_head) note(*place.in_head ? "still in HEAD" : "not in HEAD");
  if (place.refs.empty()) return notes;
  std::string refs;
  for (const std::string& ref : place.refs) {
    refs += (refs.empty() ? "" : ", ") + redacted(ref);
  }
  if (place.more_refs > 0) refs += " and " + grouped(place.more_refs) + " more";
  note("reached by " + refs);
  return notes;
}

std::vector<std::string> not_shown(const Report& report) {
  std::vector<std::string> clauses;
  const auto say = [&](std::size_t count, std::string_view what) {
    if (count > 0) clauses.push_back(grouped(count) + " " + std::string(what));
  };
  // What a saved report has not got no option can show.
  say(report.hidden,
      report.is_saved
          ? "of low confidence not shown"
          : "of low confidence not shown (--confidence low shows them)");
  say(report.suppressed, "allowed by a marker in the text, not shown");
  say(report.ignored, "allowed by .gitleaksignore, not shown");
  say(report.known, "known by the baseline, not shown");
  return clauses;
}

std::size_t incomplete_count(const Report& report) {
  return static_cast<std::size_t>(std::count_if(
      report.problems.begin(), report.problems.end(), [](const Problem& each) {
        return each.kind == Problem::Kind::incomplete;
      }));
}

bool lacks_a_reason(const Report& report) {
  return !report.complete && incomplete_count(report) == 0;
}

}  // namespace overreach
