#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "formatters/formatter.h"
#include "formatters/utf8.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Not;

OutputOptions options_with(void (*change)(OutputOptions&)) {
  OutputOptions options;
  change(options);
  return options;
}

const OutputOptions kQuiet = options_with([](auto& o) { o.quiet = true; });
const OutputOptions kVerbose = options_with([](auto& o) { o.verbose = true; });

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string first_screen(const std::string& text) {
  std::string screen;
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 24); ++i) {
    screen += lines[i] + "\n";
  }
  return screen;
}

TEST(Text, NothingFoundIsOneLine) {
  EXPECT_EQ(written(write_text, empty_report()),
            "No credentials found in 78,579 files (1.30 GB, 0.6 s).\n");
}

TEST(Text, StagedSaysHowManyLines) {
  Report report = empty_report();
  report.scanned = {3, 0, 0, 2100, 41, 0.004};
  EXPECT_EQ(written(write_text, report),
            "No credentials found in 41 added lines of 3 files (2.10 kB, 0.00 "
            "s).\n");
}

TEST(Text, NeverCleanWhenNotComplete) {
  Report report = empty_report();
  report.complete = false;
  report.problems = {{"prod.pem", "permission denied"}};
  const std::string text = written(write_text, report);
  EXPECT_THAT(text, Not(HasSubstr("No credentials found in 78,579")));
  EXPECT_THAT(text, HasSubstr("found in what could be read: 78,579 files"));
  EXPECT_THAT(text, HasSubstr("This scan is NOT complete: 1 part could not be "
                              "read, listed below."));
  EXPECT_THAT(text, HasSubstr("\n  prod.pem: permission denied\n"));
  report.problems.clear();
  EXPECT_THAT(written(write_text, report),
              HasSubstr("This scan is NOT complete.\n"));
}

TEST(Text, SaysWhatIsNotShown) {
  Report report = empty_report();
  report.hidden = 12;
  report.suppressed = 3;
  report.ignored = 2;
  EXPECT_EQ(written(write_text, report),
            "No credentials found in 78,579 files (1.30 GB, 0.6 s).\n"
            "12 of low confidence not shown (--confidence low shows them).\n"
            "3 allowed by a marker in the text, not shown.\n"
            "2 allowed by .gitleaksignore, not shown.\n");
}

TEST(Text, FirstScreenAnswersTheFourQuestions) {
  const std::string screen =
      first_screen(written(write_text, realistic_report()));
  for (const char* answer :
       {"3 credentials: 1 critical, 1 high, 1 low",
        "Worst: Railway account token, root in production (assumed)",
        "CRITICAL  Railway account token  3f0c...  high confidence",
        "root: it acts on every project, volume and backup of the account",
        "volumeDelete on 1 volume: pg-data (production)",
        "infra/dns/point-domain.sh:9", "https://railway.com/account/tokens",
        "a project token, limited to one environment", "NOT complete"}) {
    EXPECT_THAT(screen, HasSubstr(answer));
  }
}

// One line a field on a page that is wide enough.
std::string wide(const Report& report) {
  OutputOptions options;
  options.width = 1000;
  return written(write_text, report, options);
}

TEST(Text, PowersNameWhatTheyHit) {
  Report report = realistic_report();
  auto& powers = report.credentials[0].reach.powers;
  powers = {{"apiTokenCreate", {}, Evidence::observed, {}},
            {"volumeDelete",
             {"data", "backups"},
             Evidence::observed,
             {{"pg-staging", "volume", EnvironmentClass::staging, false},
              {"pg-data", "volume", EnvironmentClass::production, false},
              {"scratch", "volume", EnvironmentClass::unknown, false}}},
            {"branchDelete",
             {"data"},
             Evidence::observed,
             {{"main", "branch", EnvironmentClass::production, true},
              {"try", "branch", EnvironmentClass::unknown, {}}}},
            {"repositoryDelete",
             {"code"},
             Evidence::observed,
             {{"shop", "repository", EnvironmentClass::unknown, true},
              {"site", "repository", EnvironmentClass::unknown, true}}}};
  report.credentials[0].reach.identity = "ada@shop.example";
  const std::string page = wide(report);
  for (const char* text :
       {"can run       volumeDelete on 3 volumes: pg-data (production), "
        "pg-staging (staging), scratch; destroys data and backups, with no "
        "deletion protection\n",
        "branchDelete on 2 branches: main (production, protected), try; "
        "destroys data\n",
        "repositoryDelete on 2 repositories: shop, site; destroys code, "
        "protected\n",
        "  apiTokenCreate\n", "belongs to    ada@shop.example\n",
        "in infra/dns/point-domain.sh:9; can run volumeDelete on 3 volumes "
        "incl. pg-data (production); their backups go with them\n"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
  EXPECT_LT(page.find("repositoryDelete"), page.find("apiTokenCreate"));
}

TEST(Text, FirstEntryBeginsOnTheFirstScreen) {
  Report report = realistic_report();
  report.hidden = report.suppressed = 99999;
  report.target = std::string(300, 't');
  report.credentials[0].name =
      "a name of a credential that takes its time to "
      "say what it is, and more";
  report.credentials[0].places[0].path = std::string(300, 'p');
  for (const int width : {40, 80, 120}) {
    OutputOptions options;
    options.width = width;
    EXPECT_THAT(first_screen(written(write_text, report, options)),
                HasSubstr("\nCRITICAL  "));
  }
}

TEST(Text, PlacesAreThreeAndTheRestCounted) {
  const std::string text = written(write_text, realistic_report());
  EXPECT_THAT(text, HasSubstr("docs/custom domains/add a domain.md:141"));
  EXPECT_THAT(text, HasSubstr("and 2 more (-v shows all)"));
  EXPECT_THAT(text, Not(HasSubstr("scripts/old/dns.sh")));
  const std::string all = written(write_text, realistic_report(), kVerbose);
  EXPECT_THAT(all, HasSubstr("scripts/old/dns.sh:4"));
  EXPECT_THAT(all, HasSubstr(".env:3  RAILWAY_TOKEN  ignored, local"));
}

TEST(Text, ReasonsOnlyWhenInDoubtOrAskedFor) {
  const std::string text = written(write_text, realistic_report());
  EXPECT_THAT(text, HasSubstr("a conventional value"));
  EXPECT_THAT(text, Not(HasSubstr("that only Railway uses")));
  EXPECT_THAT(written(write_text, realistic_report(), kVerbose),
              HasSubstr("that only Railway uses"));
}

TEST(Text, LeftOutIsOneLineACause) {
  EXPECT_THAT(written(write_text, realistic_report()),
              HasSubstr("\n2 files left out (socket): a.sock, b.sock\n"));
  Report report = empty_report();
  for (const char* const name : {"a", "b", "c", "d", "e"}) {
    report.problems.push_back(
        {name, "larger than 10 MB", Problem::Kind::left_out});
  }
  EXPECT_THAT(written(write_text, report),
              HasSubstr("\n5 files left out (larger than 10 MB): a, b, c and 2 "
                        "more (-v shows all)\n"));
  EXPECT_THAT(written(write_text, report, kVerbose),
              HasSubstr("(larger than 10 MB): a, b, c, d, e\n"));
}

TEST(Text, TheSameAdviceIsGivenOnce) {
  Report report = realistic_report();
  report.credentials[2].remedy.narrower = "a key for one job";
  Credential again = report.credentials[2];
  again.places[0].path = "another.env";
  report.credentials.push_back(again);
  Credential other = again;
  other.severity = Severity::medium;  // is on its badge
  other.reach.why += " as well";
  report.credentials.push_back(other);
  const std::string& advice = again.remedy.narrower;
  const auto count = [&advice](const std::string& text) {
    int times = 0;
    for (std::size_t at = 0; (at = text.find(advice, at)) != text.npos; ++at) {
      ++times;
    }
    return times;
  };
  OutputOptions wide;
  wide.width = 300;
  const std::string text = written(write_text, report, wide);
  EXPECT_EQ(count(text), 2);  // and of the one that differs
  EXPECT_THAT(text, HasSubstr("(why, and what to do: as for \"" + again.name +
                              "\" above)"));
  EXPECT_THAT(text, HasSubstr("another.env"));
  wide.verbose = true;
  EXPECT_EQ(count(written(write_text, report, wide)), 3);
}

TEST(Text, NothingToScanIsSaidPlainly) {
  Report report = empty_report();
  report.scanned = {};
  report.nothing = "Nothing is staged in src";
  EXPECT_EQ(written(write_text, report), "Nothing is staged in src.\n");
}

TEST(Text, IncompleteLine) {
  Report report = empty_report();
  report.complete = false;
  EXPECT_EQ(incomplete_line(report, {}), "the scan is not complete");
  report.problems = {{"a.bin", "socket", Problem::Kind::left_out},
                     {"b\x1b", "cannot be read"}};
  EXPECT_EQ(
      incomplete_line(report, {}),
      "the scan is not complete: 1 part could not be read: b\\x1b: cannot "
      "be read");
  report.problems.push_back({"", "the network is gone"});
  EXPECT_EQ(
      incomplete_line(report, {}),
      "the scan is not complete: 2 parts could not be read, first b\\x1b: "
      "cannot be read");
}

TEST(Text, QuietIsFindingsOnly) {
  Report none = empty_report();
  none.hidden = 3;
  EXPECT_EQ(written(write_text, none, kQuiet), "");
  const std::string text = written(write_text, realistic_report(), kQuiet);
  EXPECT_EQ(text.find("CRITICAL  Railway account token"), 0u);
  EXPECT_THAT(text, Not(HasSubstr("NOT complete")));
  EXPECT_THAT(text, Not(HasSubstr("Worst:")));
}

TEST(Text, KeepsToTheWidth) {
  for (const int width : {60, 80, 120}) {
    OutputOptions options;
    options.width = width;
    for (const std::string& line :
         lines_of(written(write_text, realistic_report(), options))) {
      EXPECT_LE(display_width(line), width) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
  }
}

TEST(Text, HostileNamesReachNoTerminal) {
  for (const OutputOptions& options : {OutputOptions{}, kVerbose}) {
    const std::string text = written(write_text, hostile_report(), options);
    for (const char c : text) {
      EXPECT_TRUE(c == '\n' ||
                  (static_cast<unsigned char>(c) >= ' ' && c != 0x7f));
    }
    for (const char* control : {"\xc2\x9b", "\xe2\x80\xae", "\xff"}) {
      EXPECT_THAT(text, Not(HasSubstr(control)));
    }
    EXPECT_THAT(text, HasSubstr("\\x1b]0;owned\\x07\\x1b[2J.env:1"));
  }
}

// So the page reads the same without colour.
TEST(Text, ColorChangesNothingElse) {
  OutputOptions options;
  options.color = true;
  const std::string colored = written(write_text, hostile_report(), options);
  EXPECT_THAT(colored, HasSubstr("\x1b[1;31mCRITICAL"));
  std::string plain;
  for (std::size_t at = 0; at < colored.size(); ++at) {
    if (colored[at] == '\x1b')
      at = colored.find('m', at);
    else
      plain += colored[at];
  }
  EXPECT_EQ(plain, written(write_text, hostile_report()));
}

}  // namespace
}  // namespace overreach
