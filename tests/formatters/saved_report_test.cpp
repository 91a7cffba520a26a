// What write_json() and write_jsonl() wrote comes back: written again it is the
// same, byte by byte.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "formatters/formatter.h"
#include "formatters/times.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;
using testing::SizeIs;

std::vector<Report> read_back(const std::string& text) {
  auto reports = read_saved_reports(text, "a.json");
  EXPECT_TRUE(reports) << reports.error().text;
  return reports ? *reports : std::vector<Report>();
}

std::string error_of(const std::string& text) {
  const auto reports = read_saved_reports(text, "a.json");
  EXPECT_FALSE(reports) << text;
  return reports ? "" : reports.error().text;
}

OutputOptions with_secrets() {
  OutputOptions options;
  options.show_secrets = true;
  return options;
}

std::vector<Report> samples() {
  Report staged = realistic_report();
  staged.scanned.lines = 41;
  staged.scanned.started = 1789012345;
  staged.config = "conf/\xff.overreach.toml";
  staged.hidden = 1;
  staged.suppressed = 2;
  staged.ignored = 3;
  staged.known = 4;
  return {empty_report(), realistic_report(), hostile_report(), reach_report(),
          staged};
}

TEST(SavedReport, IsTheSameWhenWrittenAgain) {
  for (const Report& report : samples()) {
    for (const OutputOptions& options : {OutputOptions{}, with_secrets()}) {
      const std::string text = written(write_json, report, options);
      const auto reports = read_back(text);
      ASSERT_THAT(reports, SizeIs(1));
      EXPECT_EQ(written(write_json, reports[0], options), text);
      // Asking for secrets that are not there shows none.
      EXPECT_EQ(written(write_json, read_back(written(write_json, report))[0],
                        with_secrets()),
                written(write_json, report));
    }
  }
}

TEST(SavedReport, LinesToo) {
  for (const Report& report : samples()) {
    const std::string text = written(write_jsonl, report);
    const auto reports = read_back(text);
    ASSERT_THAT(reports, SizeIs(1));
    EXPECT_EQ(written(write_jsonl, reports[0]), text);
  }
}

TEST(SavedReport, OtherFormatsDoNotKnowTheDifference) {
  Report report = realistic_report();
  const Report read = read_back(written(write_json, report))[0];
  report.rule_infos.clear();  // the reader knows no rules
  report.crossing_infos.clear();
  for (WriteFunction* const write : {write_csv, write_github, write_sarif}) {
    EXPECT_EQ(written(write, read), written(write, report));
  }
}

TEST(SavedReport, LinesOfSeveralReportsInOneFile) {
  const auto reports = read_back(written(write_jsonl, realistic_report()) +
                                 "\n" + written(write_jsonl, empty_report()));
  ASSERT_THAT(reports, SizeIs(2));
  EXPECT_THAT(reports[0].credentials,
              SizeIs(realistic_report().credentials.size()));
  EXPECT_TRUE(reports[1].credentials.empty());
  EXPECT_EQ(reports[1].target, "a.json");
}

TEST(SavedReport, PassesOverWhatLaterProgramsAdd) {
  auto document = ordered_json::parse(written(write_json, realistic_report()));
  document["weather"] = "fine";
  document["credentials"][0]["colour"] = {1, 2, 3};
  document["credentials"][0]["reach"]["mood"] = nullptr;
  const auto reports = read_back(document.dump());
  EXPECT_EQ(written(write_json, reports[0]),
            written(write_json, realistic_report()));
}

// Every member in turn is left out, or of another type: the error names it.
TEST(SavedReport, NamesWhatIsWrong) {
  const auto document =
      ordered_json::parse(written(write_json, reach_report()));
  const auto expect_named = [](const ordered_json& wrong,
                               const std::string& name) {
    const std::string error = error_of(wrong.dump());
    EXPECT_THAT(error, testing::StartsWith("a.json: ")) << name;
    EXPECT_THAT(error, HasSubstr(name));
  };
  const auto try_members = [&](const std::string& pointer,
                               const std::string& path) {
    const ordered_json::json_pointer at(pointer);
    for (const auto& [key, value] : document[at].items()) {
      const bool is_optional = key == "surroundings" || key == "left_out" ||
                               key == "credentials" || key == "started" ||
                               key == "lines" || key == "config";
      ordered_json wrong = document;
      wrong[at].erase(key);
      if (!is_optional) expect_named(wrong, path + key);
      wrong = document;
      wrong[at][key] = 7.5;
      if (key != "name" && key != "seconds" && key != "left_out") {
        expect_named(wrong, path + key);
      }
    }
  };
  try_members("/credentials/0", "credentials[0].");
  try_members("/credentials/0/reach", "credentials[0].reach.");
  try_members("/credentials/0/places/0", "credentials[0].places[0].");
  try_members("/scanned", "scanned.");
  try_members("/not_shown", "not_shown.");
  try_members("/surroundings", "surroundings.");
  try_members("/surroundings/stores/0", "surroundings.stores[0].");
}

TEST(SavedReport, NamesWordsAndNumbersThatCannotBe) {
  auto document = ordered_json::parse(written(write_json, realistic_report()));
  auto wrong = document;
  wrong["credentials"][1]["reach"]["level"] = "roots";
  EXPECT_EQ(error_of(wrong.dump()),
            "a.json: credentials[1].reach.level: is no word of the report: "
            "roots");
  wrong["credentials"][1]["reach"]["level"] = "\x1b[31mroot";
  EXPECT_THAT(error_of(wrong.dump()), HasSubstr(": \\x1b[31mroot"));
  wrong = document;
  wrong["credentials"][0]["places"][1]["line"] = -3;
  EXPECT_EQ(error_of(wrong.dump()),
            "a.json: credentials[0].places[1].line: must be a whole number "
            "from 0 to 4294967295");
  wrong = document;
  wrong["credentials"][0]["places"] = ordered_json::array();
  EXPECT_EQ(error_of(wrong.dump()),
            "a.json: credentials[0].places: must hold a place");
  wrong = document;
  wrong["crossings"] = {1};
  EXPECT_EQ(error_of(wrong.dump()), "a.json: crossings[0]: must be an object");
  wrong = document;
  wrong["schema"] = "overreach.report/2";
  EXPECT_EQ(error_of(wrong.dump()),
            "a.json: schema: must be overreach.report/1, not "
            "overreach.report/2");
}

TEST(SavedReport, NamesWhereTheTextIsNoReport) {
  EXPECT_THAT(error_of(""), HasSubstr("a.json: line 1: is no JSON"));
  EXPECT_THAT(error_of("{\n\"schema\": \"overreach.report/1\",\n"),
              HasSubstr("a.json: line 3: is no JSON"));
  EXPECT_THAT(error_of("[]"), HasSubstr("a.json: schema: is missing"));
  EXPECT_THAT(error_of("{\"a\": 1}\n{\"b\": 2}\n"),
              HasSubstr("a.json: line 1: must begin with"));
  const std::string lines = written(write_jsonl, realistic_report());
  EXPECT_THAT(error_of(lines + "{\"rule\": 1}\n"), HasSubstr("id: is missing"));
  EXPECT_THAT(error_of(lines + "[1]\n"), HasSubstr("is neither"));
  // Cut off, as by a full disk.
  EXPECT_THAT(error_of(lines.substr(0, lines.size() / 2)),
              HasSubstr("is no JSON"));
  EXPECT_THAT(error_of("\xff\xfe{}"), HasSubstr("is no JSON"));
  const std::string deep(100000, '[');
  EXPECT_THAT(error_of(deep), HasSubstr("is no JSON"));
}

TEST(SavedReport, SecretsStayRedacted) {
  const Report read = read_back(written(write_json, realistic_report()))[0];
  for (const Credential& credential : read.credentials) {
    EXPECT_TRUE(credential.secret.empty());
    EXPECT_EQ(shown_secret(credential, with_secrets()), credential.shown);
  }
  // Those that were shown are redacted again when nobody asks for them.
  const Report shown =
      read_back(written(write_json, realistic_report(), with_secrets()))[0];
  EXPECT_EQ(written(write_json, shown),
            written(write_json, realistic_report()));
}

TEST(Times, ThereAndBack) {
  EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00");
  EXPECT_EQ(utc_text(1789012345), "2026-09-10T03:52:25");
  for (const std::int64_t time : {0, 1, 951782400, 1789012345}) {
    EXPECT_EQ(parse_utc(utc_text(time)), time);
  }
  for (const char* const text :
       {"", "2026-02-30T00:00:00", "2026-01-01", "2026-01-01T00:00:00Z",
        "2026-1-1T0:0:0", " 2026-01-01T00:00:00"}) {
    EXPECT_FALSE(parse_utc(text)) << text;
  }
}

}  // namespace
}  // namespace overreach
