// The page a tired engineer reads at two in the morning.  It answers in this
// order: how bad is it, which credential could do the most damage, what
// exactly, where does it stand, what to do now; the rest follows in the order
// of the report, which is by danger.  The answers stand on the first screen
// of 24 lines.
#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formatters/findings.h"
#include "formatters/formatter.h"
#include "formatters/numbers.h"
#include "formatters/page.h"
#include "formatters/powers.h"
#include "formatters/redactor.h"
#include "formatters/sentences.h"
#include "formatters/text_entry.h"
#include "formatters/text_surroundings.h"
#include "formatters/utf8.h"

namespace overreach {
namespace {

constexpr std::size_t kProblems = 10;     // listed without `verbose`
constexpr std::size_t kLeftOutNames = 3;  // the same, for each cause
constexpr int kScreenLines = 24;

// "78,579 files (1.30 GB, 0.6 s)", "41 added lines of 3 files (2.10 kB, 0.00
// s)".
Words amount(const Scanned& scanned, Style style = Style::plain) {
  // A number stays with its unit.
  return Words()
      .add(scanned_what(scanned), style)
      .whole("(" + size_text(scanned.bytes) + ",", style)
      .whole(duration_text(scanned.seconds) + ")", style);
}

// "1 critical, 2 high".
template <typename Finding>
Words severities(const std::vector<Finding>& findings) {
  constexpr std::array kOrder = {Severity::critical, Severity::high,
                                 Severity::medium, Severity::low};
  Words words;
  for (const Severity severity : kOrder) {
    const auto count = std::count_if(
        findings.begin(), findings.end(),
        [severity](const Finding& each) { return each.severity == severity; });
    if (count == 0) continue;
    if (!words.empty()) words.attach(",");
    words.whole(grouped(static_cast<std::uint64_t>(count)) + " " +
                    std::string(to_string(severity)),
                style_of(severity));
  }
  return words;
}

void write_counts(const TextPage& text) {
  const Report& report = text.report;
  Words words;
  if (!report.credentials.empty()) {
    words.add(counted(report.credentials.size(), "credential") + ":",
              Style::bold);
    words.append(severities(report.credentials));
  }
  if (!report.crossings.empty()) {
    if (!words.empty()) words.attach(";");
    words.add(counted(report.crossings.size(), "crossing") + ":", Style::bold);
    words.append(severities(report.crossings));
  }
  text.page.paragraph(0, 2, words);
}

// Says nothing when the scan is complete.  `where` the problems are listed:
// "below".
void write_incomplete(const TextPage& text, std::string_view where) {
  if (text.report.complete) return;
  Words words;
  words.add("This scan is NOT complete", Style::critical);
  const std::size_t count = incomplete_count(text.report);
  if (count > 0) {
    words.attach(":");
    words.add(counted(count, "part") + " could not be read, listed " +
              std::string(where) + ".");
  } else {
    words.attach(".");
  }
  text.page.paragraph(0, 2, words);
}

void write_unused_baseline(const TextPage& text) {
  constexpr std::size_t kMost = 3;
  const std::vector<std::string>& lines = text.report.unused_baseline;
  if (lines.empty()) return;
  const std::size_t shown =
      text.options.verbose ? lines.size() : std::min(kMost, lines.size());
  std::string listed;
  for (std::size_t i = 0; i < shown; ++i) {
    listed += (i > 0 ? ", " : "") + lines[i];
  }
  if (shown < lines.size()) {
    listed += " and " + grouped(lines.size() - shown) + " more";
  }
  text.page.paragraph(0, 2,
                      Words().add(counted(lines.size(), "line") +
                                  " of the baseline found nothing "
                                  "(--write-baseline leaves them out): " +
                                  listed));
}

void write_hidden(const TextPage& text) {
  for (const std::string& each : not_shown(text.report)) {
    text.page.paragraph(0, 2, Words().add(each + "."));
  }
  write_unused_baseline(text);
}

void write_worst_crossing(const TextPage& text, const Crossing& worst) {
  Words words;
  words.add("Worst:", Style::bold)
      .add(title_of(text.report, worst), style_of(worst.severity));
  words.attach(",").add("in");
  words.whole(position(text, worst.places.front(), nullptr), Style::bold);
  text.page.paragraph(0, 2, words);
}

// What could do the most damage, where it stands, and what to do now.
void write_worst(const TextPage& text) {
  const Report& report = text.report;
  const bool is_crossing = crossing_comes_first(report);
  if (is_crossing) {
    const Crossing& crossing = report.crossings.front();
    write_worst_crossing(text, crossing);
    const auto& joined = crossing.credentials;
    if (report.credentials.empty() ||
        std::find(joined.begin(), joined.end(),
                  report.credentials.front().id) == joined.end()) {
      return;
    }
  }
  const Credential& worst = report.credentials.front();
  Words words;
  words.add(is_crossing ? "With:" : "Worst:", Style::bold)
      .add(worst.name, style_of(worst.severity));
  words.attach(",").add(reach_text(worst), style_of(worst.severity));
  if (worst.reach.level != Level::unknown) {
    words.add("(" + std::string(to_string(worst.reach.evidence)) + ")");
  }
  words.attach(",").add("in");
  words.whole(position(text, worst.places.front(), &worst), Style::bold);
  const auto powers = ordered(worst.reach.powers);
  // Of an operation over nobody knows what, the entry tells.
  if (!powers.empty() && !powers.front()->resources.empty()) {
    words.attach(";").add("can run").add(
        summary(*powers.front(), text.redacted));
  }
  text.page.paragraph(0, 2, words);
  const Words step = first_step(worst.remedy);
  if (step.empty()) return;
  text.page.paragraph(0, 2, Words().add("Do now:", Style::bold).append(step));
}

// A file of options may leave out what matters.
void add_config(const TextPage& text, Words& words) {
  if (text.report.config.empty()) return;
  words.attach(",")
      .add("options of")
      .whole(text.redacted.name(text.report.config));
}

void write_heading(const TextPage& text) {
  const Report& report = text.report;
  Words words;
  words.add("overreach " + report.version, Style::bold)
      .add("scanned")
      .whole(text.redacted.name(report.target), Style::bold)
      .attach(":")
      .append(amount(report.scanned));
  add_config(text, words);
  text.page.paragraph(0, 2, words);
  text.page.blank();
  write_counts(text);
  write_worst(text);
  write_glance(text);
  write_incomplete(text, "below");
  write_hidden(text);
}

void write_nothing_found(const TextPage& text) {
  const Report& report = text.report;
  if (!report.nothing.empty()) {
    text.page.paragraph(
        0, 2, Words().add(text.redacted(report.nothing) + ".", Style::good));
    return;
  }
  const Style style = report.complete ? Style::good : Style::plain;
  Words words;
  words.add(report.known > 0 ? "No new credentials found in"
                             : "No credentials found in",
            style);
  if (!report.complete) words.add("what could be read:", style);
  words.append(amount(report.scanned, style));
  add_config(text, words);
  text.page.paragraph(0, 2, words.attach("."));
  write_glance(text);
  write_incomplete(text, "below");
  write_hidden(text);
}

Words problem_words(const TextPage& text, const Problem& problem) {
  Words words;
  words.whole(text.redacted.name(problem.path), Style::bold);
  if (!words.empty()) words.attach(":");
  return words.add(text.redacted(problem.what));
}

void write_unread(const TextPage& text) {
  std::size_t count = 0;
  const std::size_t limit = text.options.verbose ? SIZE_MAX : kProblems;
  for (const Problem& problem : text.report.problems) {
    if (problem.kind != Problem::Kind::incomplete) continue;
    if (count == 0) {
      text.page.blank();
      text.page.paragraph(0, 2, Words().add("Could not be read:", Style::bold));
    }
    if (++count <= limit)
      text.page.paragraph(2, 2, problem_words(text, problem));
  }
  if (count > limit) {
    text.page.paragraph(
        2, 2,
        Words().add("and " + grouped(count - limit) + " more (-v shows all)"));
  }
}

// What was left out as asked, a line a cause: "3 files left out (larger than
// 10 MB): a.bin, b.bin, c.bin".
void write_left_out(const TextPage& text) {
  std::map<std::string, std::vector<const Problem*>> causes;
  for (const Problem& problem : text.report.problems) {
    if (problem.kind == Problem::Kind::left_out) {
      causes[text.redacted(problem.what)].push_back(&problem);
    }
  }
  if (!causes.empty()) text.page.blank();
  for (const auto& [cause, problems] : causes) {
    Words words;
    words.add(counted(problems.size(), "file") + " left out", Style::bold);
    words.add("(" + cause + "):");
    const bool all =
        text.options.verbose || problems.size() <= kLeftOutNames + 1;
    const std::size_t shown = all ? problems.size() : kLeftOutNames;
    for (std::size_t i = 0; i < shown; ++i) {
      if (i > 0) words.attach(",");
      words.whole(text.redacted.name(problems[i]->path));
    }
    if (!all) {
      words.add("and " + grouped(problems.size() - shown) +
                " more (-v shows all)");
    }
    text.page.paragraph(0, 2, words);
  }
}

void write_contacted(const TextPage& text) {
  if (text.report.contacted.empty()) return;
  Words words;
  words.add("Asked:", Style::bold);
  bool is_first = true;
  for (const Contact& contact : text.report.contacted) {
    if (!is_first) words.attach(",");
    words.whole(contact.host)
        .add("(" + counted(contact.requests, "request") + ")");
    is_first = false;
  }
  text.page.blank();
  text.page.paragraph(0, 2, words);
}

void write_findings(const TextPage& text) {
  bool is_first = text.options.quiet;  // no heading to keep apart from
  const auto findings = findings_by_danger(
      text.report, text.options.verbose ? Repeats::write : Repeats::link);
  for (const ReportItem& each : findings) {
    if (!is_first) text.page.blank();
    is_first = false;
    if (each.crossing) {
      write_entry(text, *each.crossing);
    } else {
      write_entry(text, *each.credential,
                  each.like ? findings[*each.like].credential : nullptr);
    }
  }
}

}  // namespace

std::string incomplete_line(const Report& report,
                            const OutputOptions& options) {
  std::string line = "the scan is not complete";
  const auto first = std::find_if(
      report.problems.begin(), report.problems.end(), [](const Problem& each) {
        return each.kind == Problem::Kind::incomplete;
      });
  if (first == report.problems.end()) return line;
  const std::size_t count = incomplete_count(report);
  const Redactor redacted(report, options);
  line += ": " + counted(count, "part") + " could not be read";
  line += count > 1 ? ", first " : ": ";
  if (!first->path.empty()) line += visible(redacted.name(first->path)) + ": ";
  return line + visible(redacted(first->what));
}

void write_text(const Report& report, const OutputOptions& options,
                std::ostream& out) {
  const Redactor redacted(report, options);
  Page page(out, options.width, options.color ? Color::yes : Color::no);
  const TextPage text = {report, options, redacted, page};
  const bool is_empty = report.credentials.empty() && report.crossings.empty();
  if (!report.plan.empty()) {  // --plan asks for this page instead
    out << redacted(report.plan);
    return;
  }
  if (options.quiet) {
    write_findings(text);
    return;
  }
  is_empty ? write_nothing_found(text) : write_heading(text);
  write_findings(text);
  write_surroundings(text);
  write_unread(text);
  write_left_out(text);
  write_contacted(text);
  if (is_empty || page.lines() <= kScreenLines) return;
  // On a terminal the end of a long page is what is seen first.
  page.blank();
  write_counts(text);
  write_worst(text);
  write_incomplete(text, "above");
}

}  // namespace overreach
