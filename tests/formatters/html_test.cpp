#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "formatters/html_text.h"
#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_of(const Report& report, bool verbose = false) {
  OutputOptions options;
  options.verbose = verbose;
  return written(write_html, report, options);
}

// The text of the page between two marks, the first included.
std::string between(const std::string& page, std::string_view begin,
                    std::string_view end) {
  const std::size_t from = page.find(begin);
  if (from == page.npos) return "";
  return page.substr(from, page.find(end, from + begin.size()) - from);
}

std::string worst_of(const std::string& page) {
  return between(page, "<section class=\"worst", "</section>");
}

std::size_t count_of(const std::string& text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos;
       at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

TEST(HtmlText, EscapesAndShows) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"plain caf\xc3\xa9", "plain caf\xc3\xa9"},
      {"<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"},
      {"&amp;", "&amp;amp;"},
      {"a\nb\t\x1b[31m", "a\\nb\\t\\x1b[31m"},
      {"rtl\xe2\x80\xae", "rtl\\u{202e}"},
      {"zero\xe2\x80\x8bwidth", "zero\\u{200b}width"},
      {"bad\xff\xc3", "bad\\xff\\xc3"},
      {"non\xef\xbf\xbe\xef\xb7\x90", "non\\u{fffe}\\u{fdd0}"},
      {"far\xf4\x8f\xbf\xbf", "far\\u{10ffff}"}};
  for (const auto& [text, html] : cases) EXPECT_EQ(html_text(text), html);
}

TEST(HtmlText, LinksAreAddressesOfTheWebOnly) {
  const auto link = [](std::string_view address) {
    return "<a href=\"" + std::string(address) +
           "\" rel=\"noopener noreferrer\">" + std::string(address) + "</a>";
  };
  const std::pair<std::string_view, std::string> cases[] = {
      {"https://a.example/x", link("https://a.example/x")},
      {"http://a.example (Keys > Delete)",
       link("http://a.example") + " (Keys &gt; Delete)"},
      {"https://a.example/?a&b\"", link("https://a.example/?a&amp;b&quot;")},
      {"javascript:alert(1)", "javascript:alert(1)"},
      {"see https://a.example", "see https://a.example"},
      {"httpx", "httpx"}};
  for (const auto& [text, html] : cases) EXPECT_EQ(linked(text).html(), html);
}

TEST(Html, ThePolicyNamesTheHashOfTheStyle) {
  const std::string page = page_of(realistic_report());
  const std::string style =
      between(page, "<style>", "</style>").substr(sizeof("<style>") - 1);
  EXPECT_THAT(style, HasSubstr("prefers-color-scheme: dark"));
  EXPECT_THAT(page, HasSubstr("sha256-" + encode_base64(sha256(style))));
}

TEST(Html, ACredentialAnswersFirst) {
  const std::string worst = worst_of(page_of(realistic_report()));
  for (const std::string_view fact :
       {"Critical</span>", "Railway account token", "3f0c...",
        "root in production", "assumed", "<code>volumeDelete</code>",
        "pg-data (production)", "<strong>data and backups</strong>",
        "with no deletion protection", "go, too", "infra/dns/point-domain.sh:9",
        "and 4 more places",
        "Revoke it at <a href=\"https://railway.com/account/tokens\"",
        "limited to one environment"}) {
    EXPECT_THAT(worst, HasSubstr(std::string(fact)));
  }
  EXPECT_LT(worst.find(">Where<"), worst.find(">Do now<"));
}

TEST(Html, SaysThatNoOperationIsKnownToDestroyBackups) {
  Report report = realistic_report();
  report.credentials[0].reach.powers[0].destroys = {"data"};
  EXPECT_THAT(worst_of(page_of(report)),
              HasSubstr("none of these operations is known to"));
  report.credentials[0].reach.powers.clear();
  EXPECT_THAT(worst_of(page_of(report)), Not(HasSubstr("ackups</")));
}

TEST(Html, ACrossingAnswersFirstWithTheCredentialItJoins) {
  Report report = realistic_report();
  report.crossings[0].severity = Severity::critical;
  report.crossings[0].remedy = "move it";
  const std::string worst = worst_of(page_of(report));
  for (const std::string_view fact :
       {"Wrong environment", "a staging place holds a production credential",
        ">With<", "Railway account token", "volumeDelete", "Revoke it at",
        "move it"}) {
    EXPECT_THAT(worst, HasSubstr(std::string(fact)));
  }
  // Both stand in one line, which is named once.
  EXPECT_THAT(worst, Not(HasSubstr(">Seen in<")));
  report.crossings[0].places[0].line = 10;
  EXPECT_THAT(worst_of(page_of(report)), HasSubstr(">Seen in<"));
  report.crossings[0].credentials = {"another"};
  const std::string alone = worst_of(page_of(report));
  EXPECT_THAT(alone, HasSubstr("move it"));
  EXPECT_THAT(alone, Not(HasSubstr("Railway account token")));
}

TEST(Html, NobodyOverlooksWhatIsNotComplete) {
  Report report = realistic_report();
  const std::string page = page_of(report);
  EXPECT_LT(page.find("This scan is NOT complete"), page.find("id=\"worst\""));
  EXPECT_THAT(page, HasSubstr("<title>NOT complete: "));
  EXPECT_THAT(between(page, "id=\"unread\"", "</section>"),
              HasSubstr("deploy/prod.pem</code>: permission denied"));
  EXPECT_THAT(between(page, "id=\"left-out\"", "</section>"),
              HasSubstr("2 files: socket"));
  report.complete = true;
  EXPECT_THAT(page_of(report), Not(HasSubstr("NOT complete")));
  EXPECT_THAT(page_of(report), HasSubstr("class=\"good\">complete"));
}

TEST(Html, SaysThatNothingWasFound) {
  Report report = empty_report();
  const std::string clean = page_of(report);
  EXPECT_THAT(clean, HasSubstr("No credentials found</h2>"));
  EXPECT_THAT(clean, HasSubstr("The scan is complete: 78,579 files"));
  report.complete = false;
  const std::string page = page_of(report);
  EXPECT_THAT(page, HasSubstr("NOT complete</h2>"));
  EXPECT_THAT(page, HasSubstr("No credentials found in what could be read"));
  EXPECT_THAT(page, Not(HasSubstr("The scan is complete")));
  report = empty_report();
  report.nothing = "Nothing is staged";
  EXPECT_THAT(page_of(report), HasSubstr("Nothing is staged</h2>"));
}

TEST(Html, HasEveryFindingMostDangerousFirst) {
  const std::string page = page_of(realistic_report());
  const auto at = [&](int number, std::string_view name) {
    const std::string id = "finding-" + std::to_string(number) + "-name\">";
    return page.find(id + std::string(name));
  };
  EXPECT_LT(at(1, "Railway account token"), at(2, "Wrong environment"));
  EXPECT_LT(at(2, "Wrong environment"), at(3, "Stripe live secret key"));
  EXPECT_LT(at(3, "Stripe live secret key"), at(4, "Password"));
  EXPECT_NE(at(4, "Password"), page.npos);
  EXPECT_THAT(page, HasSubstr("low confidence: a conventional value"));
  EXPECT_THAT(page, HasSubstr("https://docs.stripe.com/keys"));
}

TEST(Html, APlaceOfAHistorySaysWhoAndWhen) {
  Report report = realistic_report();
  Place& place = report.credentials[0].places[0];
  place.commit = std::string(40, 'a');
  place.author = "Kim <kim@a.example>";
  place.date = "2024-01-02T03:04:05Z";
  place.in_head = false;
  place.refs = {"main"};
  place.more_refs = 2;
  const std::string page = page_of(report);
  EXPECT_THAT(page, HasSubstr("commit aaaaaaaaaaaa</span>"));
  EXPECT_THAT(page, HasSubstr("Kim &lt;kim@a.example&gt;"));
  EXPECT_THAT(page, HasSubstr("2024-01-02T03:04:05Z"));
  EXPECT_THAT(page, HasSubstr("not in HEAD"));
  EXPECT_THAT(page, HasSubstr("reached by main and 2 more"));
}

TEST(Html, LongListsAreFoldedAndCutUnlessVerbose) {
  Report report = realistic_report();
  for (int i = 0; i < 300; ++i) {
    report.credentials[0].places.push_back(place_at("p/x", 1));
  }
  const std::string page = page_of(report);
  EXPECT_THAT(page, HasSubstr("<summary>and 300 more</summary>"));
  EXPECT_THAT(page, HasSubstr("100 of them are not here (-v writes all)"));
  EXPECT_EQ(count_of(page, ">p/x:1<"), 200u);
  EXPECT_EQ(count_of(page_of(report, true), ">p/x:1<"), 300u);
}

TEST(Html, WhatIsSaidOnceIsALinkAfterwards) {
  Report report = realistic_report();
  Credential other = railway_token();
  for (Credential* each : {&other, &report.credentials[0]}) {
    each->reach.powers.clear();
  }
  other.id = "0";
  report.credentials.insert(report.credentials.begin() + 1, other);
  const std::string again =
      between(page_of(report), "id=\"finding-2\"", "</article>");
  EXPECT_THAT(again, HasSubstr("as for <a href=\"#finding-1\">"));
  EXPECT_THAT(again, Not(HasSubstr("Revoke it")));
  EXPECT_THAT(between(page_of(report, true), "id=\"finding-2\"", "</article>"),
              HasSubstr("Revoke it"));
}

TEST(Html, ShowsWhatAProgramCanReach) {
  const std::string section =
      between(page_of(reach_report()), "id=\"surroundings\"", "</section>");
  for (const std::string_view fact :
       {">No</strong>", "defaultMode bypassPermissions",
        "1 credential in the home folder", "acme-prod", ">production</strong>",
        "~/.railway/config.json", "a whole account"}) {
    EXPECT_THAT(section, HasSubstr(std::string(fact)));
  }
  EXPECT_THAT(section, Not(HasSubstr("~/.aws/config")));  // holds nothing
  EXPECT_THAT(page_of(reach_report(), true), HasSubstr("~/.aws/config"));
}

TEST(Html, SaysWhatIsNotShown) {
  Report report = realistic_report();
  report.hidden = 1000;
  report.suppressed = 2;
  report.ignored = 3;
  report.known = 4;
  report.unused_baseline = {"a.1", "b.2", "c.3", "d.4"};
  const std::string counts =
      between(page_of(report), "id=\"counts\"", "</section>");
  for (const std::string_view fact :
       {"1,000 of low confidence not shown", "2 allowed by a marker",
        "3 allowed by .gitleaksignore", "4 known by the baseline",
        "4 lines of the baseline found nothing", "and 1 more"}) {
    EXPECT_THAT(counts, HasSubstr(std::string(fact)));
  }
  EXPECT_THAT(page_of(report, true), HasSubstr("d.4"));
}

TEST(Html, EndsWithTheTotals) {
  Report report = realistic_report();
  report.contacted = {{"api.example", 3}};
  report.at_gate = 2;
  const std::string end = between(page_of(report), "<footer>", "</footer>");
  for (const std::string_view fact :
       {"78,579 files, 1.30 GB, in 0.6 s", "api.example</code> (3 requests)",
        "2 findings", "overreach 0.1.0", "412 rules, 9c1d3a77"}) {
    EXPECT_THAT(end, HasSubstr(std::string(fact)));
  }
}

TEST(Html, CountsBySeverityLeadToTheFirst) {
  const std::string table =
      between(page_of(realistic_report()), "<tbody>", "</tbody>");
  EXPECT_THAT(table, HasSubstr("<a href=\"#finding-2\">"
                               "<span class=\"badge high\">High</span></a>"
                               "</th><td class=\"high\">1</td>"
                               "<td class=\"high\">1</td>"));
  EXPECT_THAT(table, HasSubstr("Medium</span></th><td class=\"none\">0</td>"));
}

TEST(Html, APlanIsThePage) {
  Report report = realistic_report();
  report.plan = "GET https://a.example/<x>\n\nPOST b";
  const std::string page = page_of(report);
  EXPECT_THAT(page, HasSubstr("<span>GET https://a.example/&lt;x&gt;</span>"
                              "<span></span><span>POST b</span>"));
  EXPECT_THAT(page, Not(HasSubstr("id=\"findings\"")));
}

}  // namespace
}  // namespace overreach
