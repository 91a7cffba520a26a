#include "scanner/pipeline/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t kNow = 1800000000;  // 2027-01-15

Baseline parsed(std::string_view text) {
  return Baseline::parse(text, "known", kNow).value();
}

TEST(Baseline, KnowsItsLines) {
  Baseline baseline = parsed(
      "# why\r\n\n"
      "  0123456789abcdef github-classic-pat moves in May\n"
      "fedcba9876543210 env/prod-host-in-nonprod");
  EXPECT_TRUE(baseline.knows("0123456789abcdef"));
  EXPECT_FALSE(baseline.knows("0123456789abcde0"));
  EXPECT_THAT(baseline.unused(),
              ElementsAre("fedcba9876543210 env/prod-host-in-nonprod"));
}

TEST(Baseline, ALineEndsOnItsDay) {
  Baseline baseline = parsed(
      "0000000000000001 a until=2027-01-14\n"
      "0000000000000002 a until=2027-01-15\n"
      "0000000000000003 a until=2027-01-16\n");
  EXPECT_FALSE(baseline.knows("0000000000000001"));
  EXPECT_FALSE(baseline.knows("0000000000000002"));
  EXPECT_TRUE(baseline.knows("0000000000000003"));
  EXPECT_THAT(baseline.unused(), ElementsAre());  // it is still there
}

TEST(Baseline, BadLinesAreNamed) {
  for (const auto& [text, why] :
       std::vector<std::pair<std::string_view, std::string_view>>{
           {"#\nghp_abc github-classic-pat", "known:2: is no entry"},
           {"0123456789abcdef", "known:1: is no entry"},
           {"0123456789ABCDEF rule", "known:1: is no entry"},
           {"0123456789abcdef0 rule", "known:1: is no entry"},
           {"0123456789abcdef rule until=May", "until= needs a date"},
           {"0123456789abcdef rule until=2027-1-31x", "until= needs a date"}}) {
    const auto baseline = Baseline::parse(text, "known", kNow);
    ASSERT_FALSE(baseline) << text;
    EXPECT_THAT(baseline.error().text, HasSubstr(std::string(why)));
  }
  EXPECT_THAT(Baseline::read("/nowhere/x", kNow).error().text,
              HasSubstr("/nowhere/x: cannot be read: No such file"));
}

TEST(Baseline, IsWrittenWithWhatIsStillFound) {
  Baseline baseline = parsed(
      "0000000000000005 a until=2027-02-01 a reason\n"
      "0000000000000004 gone\n"
      "0000000000000003 ended until=2026-12-31 long ago\n");
  for (const char* const id : {"0000000000000005", "0000000000000003"}) {
    baseline.knows(id);
  }
  Report report;
  report.credentials.resize(1);
  report.credentials[0].id = "0000000000000003";
  report.credentials[0].rule = "ended";
  report.crossings.resize(1);
  report.crossings[0].id = "0000000000000001";
  report.crossings[0].kind = "backup/same-volume";
  const std::string text = baseline.with(report);
  EXPECT_THAT(text, testing::EndsWith(
                        "\n0000000000000001 backup/same-volume\n"
                        "0000000000000003 ended\n"
                        "0000000000000005 a until=2027-02-01 a reason\n"));
  EXPECT_TRUE(Baseline::parse(text, "known", kNow));
  report.complete = false;
  EXPECT_THAT(baseline.with(report), HasSubstr("\n0000000000000004 gone\n"));
}

}  // namespace
}  // namespace overreach
