#include "formatters/html_answer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "formatters/numbers.h"
#include "formatters/powers.h"
#include "formatters/sentences.h"
#include "formatters/text_entry.h"

namespace overreach {
namespace {

constexpr std::size_t kPowers = 3, kResources = 3, kBaselineLines = 3;
constexpr std::array kSeverities = {Severity::critical, Severity::high,
                                    Severity::medium, Severity::low};

Markup banner(std::string_view kind, std::string_view title,
              const Markup& below) {
  return tag(
      "section", tag("h2", title, {{"id", "state"}}).add(below),
      {{"class", "banner " + std::string(kind)}, {"aria-labelledby", "state"}});
}

Markup incomplete_banner(const HtmlPage& page) {
  const Report& report = page.report;
  const std::size_t count = incomplete_count(report);
  Markup line;
  if (count > 0) {
    line.add(tag("a", counted(count, "part"), {{"href", "#unread"}}));
    line.add(" could not be read: what stands there is not in this report.");
  } else {
    line.add("There may be more than this report shows.");
  }
  Markup below = tag("p", line);
  if (report.credentials.empty() && report.crossings.empty()) {
    below.add(tag(
        "p", std::string(report.known > 0 ? "No new credentials found in"
                                          : "No credentials found in") +
                 " what could be read: " + scanned_what(report.scanned) + "."));
  }
  return banner("incomplete", "This scan is NOT complete", below);
}

Markup clean_banner(const HtmlPage& page) {
  const Report& report = page.report;
  if (!report.nothing.empty()) {
    return banner("clean", page.redacted(report.nothing),
                  tag("p", "There was nothing to scan."));
  }
  return banner(
      "clean",
      report.known > 0 ? "No new credentials found" : "No credentials found",
      tag("p", "The scan is complete: " + scanned_what(report.scanned) +
                   ", and everything that was to be read could be read."));
}

// The answers, in the order of the questions.
Markup place_row(const HtmlPage& page, const std::vector<Place>& places,
                 const Credential* owner) {
  Markup line = place_item(page, places.front(), owner);
  if (places.size() > 1) {
    line.add(", and " + counted(places.size() - 1, "more place"));
  }
  return row("Where", line);
}

Markup damage_row(const HtmlPage& page, const Credential& credential) {
  const auto powers = ordered(credential.reach.powers);
  Markup list = long_list(
      page, std::min(powers.size(), kPowers), kPowers, [&](std::size_t i) {
        return power_item(page, *powers[i], credential.reach.evidence,
                          kResources);
      });
  if (powers.size() > kPowers) {
    list.add(tag(
        "p", "and " + counted(powers.size() - kPowers, "further operation")));
  }
  return row("It can run", list);
}

// Only what is known: of an operation that is not named nobody can tell.
Markup backups_row(const HtmlPage& page, const Credential& credential) {
  const auto& powers = credential.reach.powers;
  if (powers.empty()) return {};
  const auto takes =
      std::find_if(powers.begin(), powers.end(), [](const Power& power) {
        return std::find(power.destroys.begin(), power.destroys.end(),
                         "backups") != power.destroys.end();
      });
  if (takes == powers.end()) {
    return row("Backups", Markup("none of these operations is known to "
                                 "destroy backups"));
  }
  return row("Backups", tag("strong", "go, too", {{"class", "critical"}})
                            .add(": ")
                            .add(tag("code", page.redacted(takes->operation)))
                            .add(" destroys them"));
}

Markup credential_rows(const HtmlPage& page, const Credential& credential) {
  Markup reach = reach_line(credential);
  if (!credential.reach.why.empty()) {
    reach.add(": ").add(page.redacted(credential.reach.why));
  }
  return row("Reach", reach)
      .add(damage_row(page, credential))
      .add(backups_row(page, credential))
      .add(row("Belongs to", Markup(page.redacted(credential.reach.identity))))
      .add(place_row(page, credential.places, &credential));
}

// The step as it stands first in "Do now".
Markup remedy_rows(const HtmlPage& page, const Remedy& remedy) {
  const Markup revoke = revoke_step(page, remedy);
  return row("Do now", revoke.empty() ? revoke : tag("strong", revoke))
      .add(row(revoke.empty() ? "Use instead" : "Then use",
               linked(page.redacted(remedy.narrower))));
}

Markup name_link(const HtmlPage& page, const Credential& credential) {
  const auto number = page.numbers.find(credential.id);
  return number == page.numbers.end()
             ? Markup(credential.name)
             : link_to(number->second, credential.name);
}

Markup worst(Severity severity, const Markup& title, const Markup& below) {
  Markup inside = tag("p", Markup("Most dangerous ").add(badge(severity)),
                      {{"class", "eyebrow"}});
  inside.add(tag("h2", title, {{"id", "worst"}})).add(below);
  return tag("section", inside,
             {{"class", "worst " + std::string(to_string(severity))},
              {"aria-labelledby", "worst"}});
}

// With the worst credential where the crossing joins it.
Markup worst_crossing(const HtmlPage& page, const Crossing& crossing) {
  const auto& credentials = page.report.credentials;
  const auto& joined = crossing.credentials;
  const bool has_worst =
      !credentials.empty() && std::find(joined.begin(), joined.end(),
                                        credentials.front().id) != joined.end();
  Markup rows;
  if (has_worst) {
    const Credential& credential = credentials.front();
    rows.add(row(
        "With", name_link(page, credential)
                    .add(" ")
                    .add(tag("code", shown_secret(credential, page.options)))));
    rows.add(credential_rows(page, credential));
    const Place& seen = crossing.places.front();
    const Place& stands = credential.places.front();
    if (seen.path != stands.path || seen.line != stands.line) {
      rows.add(row("Seen in", place_item(page, seen, nullptr)));
    }
    rows.add(remedy_rows(page, credential.remedy));
    rows.add(row("Also", Markup(page.redacted(crossing.remedy))));
  } else {
    rows.add(place_row(page, crossing.places, nullptr));
    rows.add(row("Do now", tag("strong", page.redacted(crossing.remedy))));
  }
  return worst(crossing.severity, link_to(0, title_of(page.report, crossing)),
               tag("p", page.redacted(crossing.message), {{"class", "lead"}})
                   .add(tag("dl", rows)));
}

template <typename Finding>
std::size_t count_of(const std::vector<Finding>& findings, Severity severity) {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(),
      [severity](const Finding& each) { return each.severity == severity; }));
}

Markup count_cell(std::size_t count, Severity severity) {
  return tag("td", grouped(count),
             {{"class", count > 0 ? to_string(severity) : "none"}});
}

// The first finding of a severity, or nothing.
std::optional<std::size_t> first_of(const HtmlPage& page, Severity severity) {
  for (std::size_t i = 0; i < page.findings.size(); ++i) {
    const ReportItem& each = page.findings[i];
    const Severity is =
        each.credential ? each.credential->severity : each.crossing->severity;
    if (is == severity) return i;
  }
  return std::nullopt;
}

// Severities from above to below: three columns fit a phone.
Markup counts_table(const HtmlPage& page) {
  const Report& report = page.report;
  Markup head;
  for (const std::string_view name : {"Severity", "Credentials", "Crossings"}) {
    head.add(tag("th", name, {{"scope", "col"}}));
  }
  Markup lines;
  for (const Severity severity : kSeverities) {
    const Markup word = badge(severity);
    const auto first = first_of(page, severity);
    Markup line =
        tag("th",
            first ? tag("a", word, {{"href", "#" + anchor_of(*first)}}) : word,
            {{"scope", "row"}});
    line.add(count_cell(count_of(report.credentials, severity), severity));
    line.add(count_cell(count_of(report.crossings, severity), severity));
    lines.add(tag("tr", line));
  }
  Markup all = tag("th", "All", {{"scope", "row"}});
  all.add(tag("td", grouped(report.credentials.size())));
  all.add(tag("td", grouped(report.crossings.size())));
  return tag("table", tag("thead", tag("tr", head))
                          .add(tag("tbody", lines.add(tag("tr", all)))));
}

Markup baseline_line(const HtmlPage& page) {
  const std::vector<std::string>& lines = page.report.unused_baseline;
  if (lines.empty()) return {};
  const std::size_t shown = page.options.verbose
                                ? lines.size()
                                : std::min(kBaselineLines, lines.size());
  Markup line;
  line.add(counted(lines.size(), "line") +
           " of the baseline found nothing (--write-baseline leaves them "
           "out): ");
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) line.add(", ");
    line.add(tag("code", page.redacted(lines[i])));
  }
  if (shown < lines.size()) {
    line.add(" and " + grouped(lines.size() - shown) + " more");
  }
  return tag("li", line);
}

Markup hidden_list(const HtmlPage& page) {
  Markup list;
  for (const std::string& each : not_shown(page.report)) {
    list.add(tag("li", each));
  }
  list.add(baseline_line(page));
  return list.empty() ? list : tag("ul", list, {{"class", "hidden"}});
}

}  // namespace

Markup state_banner(const HtmlPage& page) {
  if (!page.report.complete) return incomplete_banner(page);
  return page.findings.empty() ? clean_banner(page) : Markup();
}

Markup worst_section(const HtmlPage& page) {
  if (page.findings.empty()) return {};
  if (crossing_comes_first(page.report)) {
    return worst_crossing(page, page.report.crossings.front());
  }
  const Credential& credential = page.report.credentials.front();
  Markup title = name_link(page, credential);
  title.add(" ").add(tag("code", shown_secret(credential, page.options)));
  return worst(credential.severity, title,
               tag("dl", credential_rows(page, credential)
                             .add(remedy_rows(page, credential.remedy))));
}

Markup counts_section(const HtmlPage& page) {
  const Markup hidden = hidden_list(page);
  if (page.findings.empty()) return hidden;
  return tag("section",
             tag("h2", "Counts", {{"id", "counts"}})
                 .add(counts_table(page))
                 .add(hidden),
             {{"class", "counts"}, {"aria-labelledby", "counts"}});
}

}  // namespace overreach
