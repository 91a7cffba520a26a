#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "formatters/formatter.h"
#include "tests/formatters/json_schema.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

const JsonSchema& schema() {
  static const JsonSchema kSchema = [] {
    std::ifstream file(OVERREACH_SOURCE_DIR "/formatters/gitlab.schema.json");
    return JsonSchema(json::parse(file));
  }();
  return kSchema;
}

// Every report that is read here has to be valid.
json document_of(const Report& report, const OutputOptions& options = {}) {
  json document = json::parse(written(write_gitlab, report, options));
  EXPECT_THAT(schema().errors(document), IsEmpty());
  return document;
}

// From the history: it has a commit.
Report history_report() {
  Report report = realistic_report();
  Place& place = report.credentials[0].places[0];
  place.commit = std::string(40, 'a');
  place.author = "Kim <kim@shop.example>";
  place.date = "2024-01-02T03:04:05Z";
  return report;
}

TEST(Gitlab, EveryReportIsValid) {
  Report unexplained = empty_report();
  unexplained.complete = false;
  for (const Report& report :
       {empty_report(), realistic_report(), reach_report(), hostile_report(),
        history_report(), unexplained}) {
    document_of(report);
  }
}

// The schema itself: what it forbids is found.
TEST(Gitlab, TheSchemaSeesWhatIsWrong) {
  json document = document_of(history_report());
  const std::pair<const char*, json> cases[] = {
      {"/version", "15"},
      {"/scan/start_time", "2024-01-02T03:04:05Z"},
      {"/scan/type", "sast"},
      {"/vulnerabilities/0/severity", "critical"},
      {"/vulnerabilities/0/name", std::string(256, 'a')},
      {"/vulnerabilities/0/identifiers", json::array()},
      {"/vulnerabilities/0/location/commit", json::object()},
      {"/vulnerabilities/0/links/0/url", "railway.com"},
  };
  for (const auto& [pointer, value] : cases) {
    json changed = document;
    changed[json::json_pointer(pointer)] = value;
    EXPECT_THAT(schema().errors(changed), testing::Not(IsEmpty())) << pointer;
  }
  document["vulnerabilities"][0]["raw_source_code_extract"] = "key=...";
  EXPECT_THAT(schema().errors(document), testing::SizeIs(1));
}

TEST(Gitlab, NothingFoundIsAScanThatSucceeded) {
  Report report = empty_report();
  report.scanned.started = 1'700'000'000;
  report.scanned.seconds = 61.6;
  const json document = document_of(report);
  EXPECT_EQ(document["vulnerabilities"], json::array());
  const json& scan = document["scan"];
  EXPECT_EQ(scan["status"], "success");
  EXPECT_EQ(scan["messages"], json::array());
  EXPECT_EQ(scan["start_time"], "2023-11-14T22:13:20");
  EXPECT_EQ(scan["end_time"], "2023-11-14T22:14:22");
  EXPECT_EQ(scan["analyzer"]["version"], "0.1.0");
  report.scanned.seconds = std::numeric_limits<double>::infinity();
  EXPECT_EQ(document_of(report)["scan"]["end_time"], "2023-11-14T22:13:20");
}

TEST(Gitlab, WhatWasNotReadIsAFailureWithMessages) {
  const json scan = document_of(realistic_report())["scan"];
  EXPECT_EQ(scan["status"], "failure");
  EXPECT_EQ(scan["messages"], json::parse(R"([
          {"level": "warn",
           "value": "Could not be read: deploy/prod.pem: permission denied"},
          {"level": "info", "value": "Left out: a.sock: socket"},
          {"level": "info", "value": "Left out: b.sock: socket"}])"));
}

TEST(Gitlab, ACredentialIsAVulnerabilityAtItsFirstPlace) {
  const json found = document_of(realistic_report())["vulnerabilities"][0];
  EXPECT_EQ(found["category"], "secret_detection");
  EXPECT_EQ(found["name"], "Railway account token");
  EXPECT_EQ(found["severity"], "Critical");
  EXPECT_EQ(found["location"],
            json::parse(R"({"file": "infra/dns/point-domain.sh",
                            "start_line": 9, "end_line": 9,
                            "commit": {"sha": "0000000"}})"));
  EXPECT_EQ(found["solution"],
            "Revoke it: https://railway.com/account/tokens. Then use: a "
            "project token, limited to one environment.");
  EXPECT_EQ(found["identifiers"], json::parse(R"([{"type": "overreach_rule",
                       "name": "overreach railway-account-token",
                       "value": "railway-account-token",
                       "url": "https://docs.railway.com/reference/public-api"}])"));
  EXPECT_EQ(found["links"].size(), 2u);
  const std::string description = found["description"];
  EXPECT_THAT(description, HasSubstr("\n- volumeDelete on volume pg-data"));
  EXPECT_THAT(description, HasSubstr("\n\nAlso found in:\n\n- "
                                     "deploy/production.env:12\n"));
  EXPECT_THAT(description, testing::Not(HasSubstr("point-domain")));
}

TEST(Gitlab, ACrossingHasAnIdentifierOfItsOwn) {
  const json all = document_of(realistic_report())["vulnerabilities"];
  ASSERT_EQ(all.size(), 4u);
  const json& found = all[1];  // before the credential that is as dangerous
  EXPECT_EQ(found["name"], "Wrong environment");
  EXPECT_EQ(found["severity"], "High");
  EXPECT_EQ(found["identifiers"][0]["type"], "overreach_crossing");
  EXPECT_EQ(found["identifiers"][0]["value"], "environment");
}

TEST(Gitlab, HistoryNamesItsCommit) {
  const json found = document_of(history_report())["vulnerabilities"][0];
  EXPECT_EQ(found["location"]["commit"],
            json({{"sha", std::string(40, 'a')},
                  {"author", "Kim <kim@shop.example>"},
                  {"date", "2024-01-02T03:04:05Z"}}));
}

TEST(Gitlab, IdsComeFromOursAndAreDistinct) {
  Report report = realistic_report();
  const json all = document_of(report)["vulnerabilities"];
  std::set<std::string> ids;
  for (const json& each : all) ids.insert(each["id"]);
  EXPECT_EQ(ids.size(), all.size());
  // Moved and renamed, it keeps its id; a crossing of the same id has another.
  report.credentials[0].places = {place_at("moved.env", 99)};
  report.crossings[0].id = report.credentials[0].id;
  const json moved = document_of(report)["vulnerabilities"];
  EXPECT_EQ(moved[0]["id"], all[0]["id"]);
  EXPECT_NE(moved[1]["id"], moved[0]["id"]);
  // Other programs keep it: it must not change from version to version.
  EXPECT_EQ(all[0]["id"], "5f616b2f-4470-809b-97ea-e82c84c6a08d");
}

TEST(Gitlab, NoTextIsLongerThanGitlabTakes) {
  Report report = realistic_report();
  Credential& token = report.credentials[0];
  token.name = std::string(5000, 'n');
  token.remedy.narrower = std::string(9000, 'r');
  token.reach.why = std::string(2'000'000, 'w');
  token.places.assign(102, place_at("a.env", 1));
  const json found = document_of(report)["vulnerabilities"][0];
  EXPECT_EQ(found["name"].get<std::string>().size(), 255u);
  EXPECT_EQ(found["solution"].get<std::string>().size(), 7000u);
  token.reach.why = "short";
  EXPECT_THAT(document_of(report)["vulnerabilities"][0]["description"]
                  .get<std::string>(),
              testing::EndsWith("- a.env:1\n- and 1 more"));
}

TEST(Gitlab, TextsOfOthersAreNoMarkdown) {
  Report report = realistic_report();
  report.crossings[0].message = "[x](http://y) <b>";
  report.crossings[0].places[0].path = "*a*";
  EXPECT_EQ(document_of(report)["vulnerabilities"][1]["description"],
            "\\[x\\](http://y) \\<b\\>.\n\nFound in:\n\n- \\*a\\*:9");
}

TEST(Gitlab, SecretNotEvenWhenAskedFor) {
  OutputOptions options;
  options.show_secrets = true;
  const Report report = realistic_report();
  document_of(report, options);
  const std::string text = written(write_gitlab, report, options);
  for (const Credential& each : report.credentials) {
    EXPECT_EQ(text.find(each.secret.reveal()), text.npos);
  }
}

}  // namespace
}  // namespace overreach
