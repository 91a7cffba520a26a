#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "formatters/formatter.h"
#include "tests/formatters/json_schema.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using testing::ElementsAre;
using testing::IsEmpty;

const JsonSchema& schema() {
  static const JsonSchema kSchema = [] {
    std::ifstream file(OVERREACH_SOURCE_DIR "/formatters/report.schema.json");
    return JsonSchema(json::parse(file));
  }();
  return kSchema;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> keys_of(const ordered_json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

OutputOptions with_secrets() {
  OutputOptions options;
  options.show_secrets = true;
  return options;
}

TEST(Json, FollowsTheSchema) {
  Report staged = realistic_report();
  staged.scanned.lines = 41;
  Report no_numbers = empty_report();
  no_numbers.scanned.seconds = std::numeric_limits<double>::quiet_NaN();
  for (const Report& report :
       {empty_report(), realistic_report(), hostile_report(), reach_report(),
        staged, no_numbers}) {
    for (const OutputOptions& options : {OutputOptions{}, with_secrets()}) {
      const json document = json::parse(written(write_json, report, options));
      EXPECT_THAT(schema().errors(document), IsEmpty());
    }
  }
}

TEST(Json, SurroundingsAreThoseOfReach) {
  const json document = json::parse(written(write_json, reach_report()));
  const json& around = document["surroundings"];
  EXPECT_EQ(around["asks"], "no");
  EXPECT_EQ(around["stores"][0]["credentials"][0],
            document["credentials"][0]["id"]);
  EXPECT_EQ(around["stores"][0]["extent"], "account");
  EXPECT_EQ(around["stores"][0]["denied_by"], nullptr);
  EXPECT_EQ(around["targets"][0]["environment"], "production");
  EXPECT_EQ(around["targets"][0]["place"]["exposure"], "home");
  EXPECT_FALSE(json::parse(written(write_json, realistic_report()))
                   .contains("surroundings"));
}

TEST(Json, SchemaNoticesDrift) {
  const json good = json::parse(written(write_json, realistic_report()));
  json more = good, less = good, other = good;
  more["credentials"][0]["places"][0]["note"] = 1;
  less["credentials"][0]["reach"].erase("identity");
  other["credentials"][0]["severity"] = "urgent";
  EXPECT_THAT(schema().errors(more), testing::SizeIs(1));
  EXPECT_THAT(schema().errors(less), testing::SizeIs(1));
  EXPECT_THAT(schema().errors(other), testing::SizeIs(1));
}

// The order is that of the contract; added keys stand where they belong.
TEST(Json, KeysKeepTheirOrder) {
  const auto document =
      ordered_json::parse(written(write_json, realistic_report()));
  EXPECT_THAT(
      keys_of(document),
      ElementsAre("schema", "tool", "complete", "problems", "scanned",
                  "not_shown", "contacted", "credentials", "crossings"));
  EXPECT_THAT(keys_of(document["scanned"]),
              ElementsAre("files", "blobs", "commits", "bytes", "seconds"));
  const auto& credential = document["credentials"][0];
  EXPECT_THAT(keys_of(credential),
              ElementsAre("id", "rule", "provider", "name", "redacted",
                          "confidence", "reasons", "severity", "live", "reach",
                          "environment", "facts", "remedy", "places"));
  EXPECT_THAT(
      keys_of(credential["reach"]),
      ElementsAre("level", "evidence", "why", "identity", "scopes", "powers"));
  EXPECT_THAT(
      keys_of(credential["places"][0]),
      ElementsAre("path", "line", "column", "end_line", "end_column", "key",
                  "source", "exposure", "environment", "commit", "author",
                  "date", "part", "in_head", "refs", "more_refs", "note"));
  EXPECT_THAT(keys_of(document["crossings"][0]),
              ElementsAre("id", "kind", "severity", "confidence", "message",
                          "remedy", "origins", "places", "credentials"));
}

TEST(Json, WhatIsNotKnownIsNull) {
  const json document = json::parse(written(write_json, realistic_report()));
  const json& token = document["credentials"][0];
  EXPECT_TRUE(token["live"].is_null());
  EXPECT_TRUE(token["reach"]["identity"].is_null());
  EXPECT_TRUE(token["places"][0]["commit"].is_null());
  EXPECT_TRUE(token["places"][2]["key"].is_null());
  EXPECT_EQ(token["reach"]["scopes"], json::array());
  EXPECT_EQ(document["contacted"], json::array());
  EXPECT_EQ(document["credentials"][1]["live"], true);
  EXPECT_TRUE(document["credentials"][2]["provider"].is_null());
}

TEST(Json, ProblemsSayWhatWasLeftOut) {
  const json document = json::parse(written(write_json, realistic_report()));
  EXPECT_EQ(document["problems"][0],
            json({{"path", "deploy/prod.pem"}, {"what", "permission denied"}}));
  EXPECT_EQ(document["problems"][1]["left_out"], true);
  EXPECT_EQ(document["complete"], false);
}

TEST(Json, OneFactGivenTwiceIsOneKey) {
  const json document = json::parse(written(write_json, realistic_report()));
  EXPECT_EQ(document["credentials"][1]["facts"],
            json({{"mode", "live"}, {"scope", "read, write"}}));
}

TEST(Json, SecretOnlyWhenAskedFor) {
  const Report report = realistic_report();
  const json hidden = json::parse(written(write_json, report));
  EXPECT_FALSE(hidden["credentials"][1].contains("secret"));
  EXPECT_EQ(hidden["credentials"][1]["redacted"], "sk_live_51Mx...");
  const json shown = json::parse(written(write_json, report, with_secrets()));
  EXPECT_EQ(shown["credentials"][1]["redacted"], "sk_live_51Mx...");
  EXPECT_EQ(shown["credentials"][1]["secret"],
            report.credentials[1].secret.reveal());
}

TEST(Json, HostileBytesStayBytes) {
  const std::string text = written(write_json, hostile_report());
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' ||
                (static_cast<unsigned char>(c) >= ' ' && c != 0x7f));
  }
  const json document = json::parse(text);  // throws unless all is UTF-8
  const json& places = document["credentials"][1]["places"];
  EXPECT_EQ(places[1]["path"], "\x1b]0;owned\x07\x1b[2J.env");
  EXPECT_EQ(places[3]["path"], "bad\\xff\\xfe.key");
}

TEST(Jsonl, LinesAreThePartsOfTheReport) {
  for (const Report& report : {realistic_report(), hostile_report()}) {
    json whole = json::parse(written(write_json, report));
    const std::string text = written(write_jsonl, report);
    const std::vector<std::string> lines = lines_of(text);
    ASSERT_EQ(lines.size(), 5u);  // envelope, 3 credentials, 1 crossing
    EXPECT_EQ(text.back(), '\n');
    for (const std::string& line : lines) {
      EXPECT_THAT(schema().errors(json::parse(line), "/$defs/line"), IsEmpty());
    }
    EXPECT_EQ(json::parse(lines[1]), whole["credentials"][0]);
    EXPECT_EQ(json::parse(lines[3]), whole["credentials"][2]);
    EXPECT_EQ(json::parse(lines[4]), whole["crossings"][0]);
    whole.erase("credentials");
    whole.erase("crossings");
    EXPECT_EQ(json::parse(lines[0]), whole);
  }
}

TEST(Jsonl, NothingFoundIsTheEnvelopeAlone) {
  EXPECT_THAT(lines_of(written(write_jsonl, empty_report())),
              testing::SizeIs(1));
}

}  // namespace
}  // namespace overreach
