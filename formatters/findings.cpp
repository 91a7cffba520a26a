#include "formatters/findings.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "formatters/by_danger.h"
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

std::size_t incomplete_count(const Report& report) {
  return static_cast<std::size_t>(std::count_if(
      report.problems.begin(), report.problems.end(), [](const Problem& each) {
        return each.kind == Problem::Kind::incomplete;
      }));
}

}  // namespace overreach
