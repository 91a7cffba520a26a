#include "formatters/html_entry.h"

#include <string>
#include <vector>

#include "formatters/powers.h"
#include "formatters/sentences.h"
#include "formatters/text_entry.h"

namespace overreach {
namespace {

// What is in sight of a list; the rest is folded.
constexpr std::size_t kPlaces = 5, kLinks = 8, kPowers = 6, kScopes = 12,
                      kOrigins = 4, kResources = 12;

// Clauses side by side.
Markup clauses(const HtmlPage& page, const std::vector<std::string>& clauses) {
  if (clauses.size() > kOrigins) {
    return long_list(page, clauses.size(), kOrigins, [&](std::size_t i) {
      return Markup(page.redacted.name(clauses[i]));
    });
  }
  Markup line;
  for (const std::string& each : clauses) {
    if (!line.empty()) line.add(" · ");
    line.add(page.redacted.name(each));
  }
  return line;
}

Markup heading(std::size_t number, Severity severity, std::string_view name,
               const Markup& below) {
  const std::string id = anchor_of(number) + "-name";
  return tag(
      "header",
      tag("h3",
          Markup(badge(severity)).add(" ").add(tag("span", name, {{"id", id}})))
          .add(tag("p", below, {{"class", "below"}})));
}

Markup article(std::size_t number, Severity severity, const Markup& inside) {
  return tag("article", inside,
             {{"class", "finding " + std::string(to_string(severity))},
              {"id", anchor_of(number)},
              {"aria-labelledby", anchor_of(number) + "-name"}});
}

Markup credential_heading(const HtmlPage& page, std::size_t number,
                          const Credential& credential) {
  Markup below = tag("code", shown_secret(credential, page.options));
  below.add(" · ").add(to_string(credential.confidence)).add(" confidence");
  if (credential.live == true) {
    below.add(" · ").add(tag("strong", "LIVE", {{"class", "critical"}}));
  }
  if (credential.live == false) {
    below.add(" · ").add(tag("strong", "dead", {{"class", "good"}}));
  }
  return heading(number, credential.severity, credential.name, below);
}

Markup reach_rows(const HtmlPage& page, const Credential& credential) {
  const Reach& reach = credential.reach;
  Markup line = reach_line(credential);
  if (!reach.why.empty()) line.add(": ").add(page.redacted(reach.why));
  Markup rows = row("Reach", line);
  const auto powers = ordered(reach.powers);
  rows.add(row(
      "Can run", long_list(page, powers.size(), kPowers, [&](std::size_t i) {
        return power_item(page, *powers[i], reach.evidence, kResources);
      })));
  rows.add(row("Belongs to", Markup(page.redacted(reach.identity))));
  return rows.add(
      row("Scopes",
          long_list(page, reach.scopes.size(), kScopes, [&](std::size_t i) {
            return tag("code", page.redacted(reach.scopes[i]));
          })));
}

Markup short_reach(const HtmlPage& page, const Credential& credential,
                   std::size_t like) {
  Markup line = reach_line(credential);
  line.add(": why, and what to do, as for ");
  line.add(link_to(like, page.findings[like].credential->name));
  return row("Reach", line.add(" above"));
}

Markup environment_row(const HtmlPage& page, const Environment& environment) {
  if (environment.value == EnvironmentClass::unknown &&
      environment.origins.empty()) {
    return {};
  }
  Markup line = tag("strong", to_string(environment.value));
  if (!environment.origins.empty()) {
    line.add(": ").add(clauses(page, environment.origins));
  }
  return row("Environment", line);
}

Markup facts_row(const HtmlPage& page, const Credential& credential) {
  Markup line;
  for (const auto& [name, value] : credential.facts) {
    // Its user and host stand there already.
    if (name == "url" && !page.options.verbose) continue;
    if (!line.empty()) line.add(" · ");
    line.add(page.redacted(name)).add(" ");
    line.add(tag("code", page.redacted.fact(value, credential)));
  }
  return row("Facts", line);
}

Markup places_row(const HtmlPage& page, const std::vector<Place>& places,
                  std::size_t open, const Credential* owner) {
  return row("Found in",
             long_list(page, places.size(), open, [&](std::size_t i) {
               return place_item(page, places[i], owner);
             }));
}

Markup confidence_row(const HtmlPage& page, Confidence confidence,
                      const std::vector<std::string>& reasons) {
  if (reasons.empty()) return {};
  return row("Because", Markup(to_string(confidence))
                            .add(" confidence: ")
                            .add(clauses(page, reasons)));
}

Markup rule_row(const HtmlPage& page, const Credential& credential) {
  Markup line = tag("code", credential.rule);
  const RuleInfo* const info = info_of(page.report, credential);
  if (info && !info->docs.empty()) {
    line.add(" · ").add(linked(page.redacted(info->docs)));
  }
  if (page.options.verbose) {
    line.add(" · id ").add(tag("code", credential.id));
  }
  return row("Rule", line);
}

Markup credential_article(const HtmlPage& page, std::size_t number,
                          const ReportItem& finding) {
  const Credential& credential = *finding.credential;
  Markup rows = finding.like ? short_reach(page, credential, *finding.like)
                             : reach_rows(page, credential);
  rows.add(environment_row(page, credential.environment));
  rows.add(places_row(page, credential.places, kPlaces, &credential));
  if (!finding.like) {
    const Remedy& remedy = credential.remedy;
    rows.add(row("Do now", revoke_step(page, remedy)));
    rows.add(row(remedy.revoke.empty() ? "Use instead" : "Then use",
                 linked(page.redacted(remedy.narrower))));
  }
  rows.add(facts_row(page, credential));
  rows.add(confidence_row(page, credential.confidence, credential.reasons));
  rows.add(rule_row(page, credential));
  return article(
      number, credential.severity,
      credential_heading(page, number, credential).add(tag("dl", rows)));
}

// The credentials that a crossing joins.
Markup joined_row(const HtmlPage& page, const Crossing& crossing) {
  std::vector<std::size_t> joined;
  for (const std::string& id : crossing.credentials) {
    const auto number = page.numbers.find(id);
    if (number != page.numbers.end()) joined.push_back(number->second);
  }
  return row("Credentials",
             long_list(page, joined.size(), kPlaces, [&](std::size_t i) {
               const Credential& each = *page.findings[joined[i]].credential;
               return link_to(joined[i], each.name)
                   .add(" ")
                   .add(tag("code", shown_secret(each, page.options)))
                   .add(", " + reach_text(each));
             }));
}

Markup crossing_article(const HtmlPage& page, std::size_t number,
                        const Crossing& crossing) {
  Markup below = tag("code", crossing.kind);
  below.add(" · ").add(to_string(crossing.confidence)).add(" confidence");
  Markup rows = row("Seen", Markup(page.redacted(crossing.message)));
  rows.add(places_row(page, crossing.places, kLinks, nullptr));
  rows.add(joined_row(page, crossing));
  rows.add(row("Do now", Markup(page.redacted(crossing.remedy))));
  rows.add(confidence_row(page, crossing.confidence, crossing.origins));
  if (page.options.verbose) {
    rows.add(row("Id", tag("code", crossing.id)));
  }
  return article(
      number, crossing.severity,
      heading(number, crossing.severity, title_of(page.report, crossing), below)
          .add(tag("dl", rows)));
}

}  // namespace

Markup finding_article(const HtmlPage& page, std::size_t number) {
  const ReportItem& finding = page.findings[number];
  return finding.crossing ? crossing_article(page, number, *finding.crossing)
                          : credential_article(page, number, finding);
}

}  // namespace overreach
