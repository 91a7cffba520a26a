#include "formatters/text_surroundings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TextSurroundings, GlanceStandsBeforeTheFirstEntry) {
  const std::string page = written(write_text, reach_report());
  const std::string top = page.substr(0, page.find("CRITICAL  Railway"));
  EXPECT_THAT(top, HasSubstr("Anything asks first? No: defaultMode"));
  EXPECT_THAT(top, HasSubstr("In reach: 1 credential in the home folder, 1 in "
                             "the process environment, 1 in\n  other files"));
  EXPECT_THAT(top,
              HasSubstr("Worst stores: ~/.railway/config.json (Railway CLI)"));
  EXPECT_THAT(top, HasSubstr("Commands act on: Kubernetes context acme-prod "
                             "(production), Docker socket\n"
                             "  /var/run/docker.sock (this machine)"));
}

TEST(TextSurroundings, SaysWhoAsks) {
  Report report = reach_report();
  report.surroundings->asks = Asks::yes;
  report.surroundings->why = {"nothing in a takes the question away", "b"};
  EXPECT_THAT(written(write_text, report),
              HasSubstr("Anything asks first? Yes: nothing in a takes the "
                        "question away (and 1 more)"));
  report.surroundings->asks = Asks::unknown;
  report.surroundings->why.clear();
  EXPECT_THAT(written(write_text, report),
              HasSubstr("Anything asks first? No agent has settings here"));
}

TEST(TextSurroundings, EmptyStoresOnlyWhenAskedFor) {
  EXPECT_THAT(written(write_text, reach_report()),
              Not(HasSubstr("~/.aws/config")));
  OutputOptions options;
  options.verbose = true;
  options.width = 200;
  EXPECT_THAT(written(write_text, reach_report(), options),
              HasSubstr("~/.aws/config  AWS CLI: profiles; a whole account; "
                        "kept from an agent's file tools, not from its "
                        "commands, by Read(~/.aws/**) in "
                        "~/.claude/settings.json"));
}

TEST(TextSurroundings, StandEvenWhereNothingWasFound) {
  Report report = reach_report();
  report.credentials.clear();
  report.crossings.clear();
  const std::string page = written(write_text, report);
  EXPECT_THAT(page, HasSubstr("No credentials found"));
  EXPECT_THAT(page, HasSubstr("Commands act on: Kubernetes"));
}

TEST(TextSurroundings, AreOfReachOnly) {
  EXPECT_THAT(written(write_text, realistic_report()),
              Not(HasSubstr("Anything asks")));
}

}  // namespace
}  // namespace overreach
