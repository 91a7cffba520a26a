// One page that stands alone: no script, nothing from elsewhere.  The policy in
// its head forbids both to the browser, and allows the one style by its hash.
// The first screen answers as the text page does; the rest follows by danger.
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formatters/formatter.h"
#include "formatters/html_answer.h"
#include "formatters/html_entry.h"
#include "formatters/html_style.h"
#include "formatters/html_surroundings.h"
#include "formatters/numbers.h"
#include "formatters/redactor.h"
#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"

namespace overreach {
namespace {

constexpr std::size_t kProblems = 20;     // in sight
constexpr std::size_t kLeftOutNames = 5;  // the same, for each cause

std::string policy() {
  return "default-src 'none'; style-src 'sha256-" +
         encode_base64(sha256(kHtmlStyle)) +
         "'; base-uri 'none'; form-action 'none'";
}

// "2 critical, 1 high"; what a tab shows first.
std::string verdict(const HtmlPage& page) {
  const Report& report = page.report;
  const std::string credentials =
      counted(report.credentials.size(), "credential");
  const std::string crossings = counted(report.crossings.size(), "crossing");
  std::string text = report.complete ? "" : "NOT complete: ";
  if (!report.plan.empty()) return text + "what would be asked";
  if (page.findings.empty()) return text + "no credentials found";
  return text + credentials + ", " + crossings;
}

void write_head(const HtmlPage& page, std::ostream& out) {
  const std::string title = verdict(page) + " in " +
                            page.redacted.name(page.report.target) +
                            " - overreach";
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
         "<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\""
      << policy()
      << "\">\n"
         "<meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n"
      << tag("title", title).html() << "\n<style>" << kHtmlStyle
      << "</style>\n</head>\n";
}

Markup page_header(const HtmlPage& page) {
  const Report& report = page.report;
  Markup below = tag("strong", tag("code", page.redacted.name(report.target)));
  below.add(" · " + scanned_what(report.scanned) + " · " +
            size_text(report.scanned.bytes) + " · " +
            duration_text(report.scanned.seconds) + " · ");
  below.add(report.complete
                ? tag("span", "complete", {{"class", "good"}})
                : tag("strong", "not complete", {{"class", "critical"}}));
  return tag("header",
             tag("p", "overreach " + report.version, {{"class", "brand"}})
                 .add(tag("h1", "Credentials and what they can do"))
                 .add(tag("p", below, {{"class", "below"}})),
             {{"class", "top"}});
}

Markup plan_section(const HtmlPage& page) {
  Markup lines;
  const std::string plan = page.redacted(page.report.plan);
  std::string_view rest = plan;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.add(tag("span", rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return tag(
      "section",
      tag("h2", "What would be asked; nothing was sent", {{"id", "plan"}})
          .add(tag("pre", lines)),
      {{"class", "card"}, {"aria-labelledby", "plan"}});
}

void write_findings(const HtmlPage& page, std::ostream& out) {
  if (page.findings.empty()) return;
  out << "<section id=\"findings\" aria-labelledby=\"findings-name\">\n"
      << tag("h2", "All findings, most dangerous first",
             {{"id", "findings-name"}})
             .html()
      << "\n";
  for (std::size_t i = 0; i < page.findings.size(); ++i) {
    out << finding_article(page, i).html() << "\n";
  }
  out << "</section>\n";
}

Markup problem_item(const HtmlPage& page, const Problem& problem) {
  Markup item;
  if (!problem.path.empty()) {
    item = tag("code", page.redacted.name(problem.path), {{"class", "place"}});
    item.add(": ");
  }
  return item.add(page.redacted(problem.what));
}

Markup unread_section(const HtmlPage& page) {
  std::vector<const Problem*> unread;
  for (const Problem& problem : page.report.problems) {
    if (problem.kind == Problem::Kind::incomplete) unread.push_back(&problem);
  }
  if (unread.empty()) return {};
  return tag("section",
             tag("h2", "Could not be read", {{"id", "unread"}})
                 .add(long_list(page, unread.size(), kProblems,
                                [&](std::size_t i) {
                                  return problem_item(page, *unread[i]);
                                })),
             {{"class", "card unread"}, {"aria-labelledby", "unread"}});
}

// A cause at a time, with the paths that share it.
Markup left_out_section(const HtmlPage& page) {
  std::map<std::string, std::vector<const Problem*>> causes;
  for (const Problem& problem : page.report.problems) {
    if (problem.kind == Problem::Kind::left_out) {
      causes[page.redacted(problem.what)].push_back(&problem);
    }
  }
  if (causes.empty()) return {};
  Markup inside = tag("h2", "Left out", {{"id", "left-out"}});
  for (const auto& cause : causes) {
    const std::vector<const Problem*>& problems = cause.second;
    inside.add(
        tag("h3", counted(problems.size(), "file") + ": " + cause.first));
    inside.add(
        long_list(page, problems.size(), kLeftOutNames, [&](std::size_t i) {
          return tag("code", page.redacted.name(problems[i]->path),
                     {{"class", "place"}});
        }));
  }
  return tag("section", inside,
             {{"class", "card"}, {"aria-labelledby", "left-out"}});
}

Markup totals(const HtmlPage& page) {
  const Report& report = page.report;
  Markup contacted;
  for (const Contact& contact : report.contacted) {
    if (!contacted.empty()) contacted.add(", ");
    contacted.add(tag("code", page.redacted(contact.host)));
    contacted.add(" (" + counted(contact.requests, "request") + ")");
  }
  if (contacted.empty()) contacted.add("nobody");
  Markup rows = row("Read", Markup(scanned_what(report.scanned) + ", " +
                                   size_text(report.scanned.bytes) + ", in " +
                                   duration_text(report.scanned.seconds)));
  rows.add(row("Asked", contacted));
  rows.add(row("At the gate", Markup(counted(report.at_gate, "finding"))));
  rows.add(row("Program", Markup("overreach " + report.version)));
  rows.add(row("Rules", Markup(report.rules)));
  if (!report.config.empty()) {
    rows.add(row("Options of", tag("code", page.redacted.name(report.config))));
  }
  return tag("footer", tag("h2", "This scan").add(tag("dl", rows)));
}

void write_body(const HtmlPage& page, std::ostream& out) {
  out << "<body>\n" << page_header(page).html() << "\n<main>\n";
  if (!page.report.plan.empty()) {  // --plan asks for this page instead
    out << plan_section(page).html() << "\n</main>\n</body>\n</html>\n";
    return;
  }
  const auto write = [&out](const Markup& part) {
    if (!part.empty()) out << part.html() << "\n";
  };
  write(state_banner(page));
  write(worst_section(page));
  write(counts_section(page));
  write(surroundings_section(page));
  write_findings(page, out);
  write(unread_section(page));
  write(left_out_section(page));
  out << "</main>\n" << totals(page).html() << "\n</body>\n</html>\n";
}

}  // namespace

void write_html(const Report& report, const OutputOptions& options,
                std::ostream& out) {
  const Redactor redacted(report, options);
  const auto findings = findings_by_danger(
      report, options.verbose ? Repeats::write : Repeats::link);
  std::map<std::string_view, std::size_t> numbers;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].credential) numbers.emplace(findings[i].credential->id, i);
  }
  const HtmlPage page = {report, options, redacted, findings, numbers};
  write_head(page, out);
  write_body(page, out);
}

}  // namespace overreach
