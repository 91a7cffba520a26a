#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "formatters/formatter.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json run_of(const Report& report) {
  const json log = json::parse(written(write_sarif, report));
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_EQ(log["runs"].size(), 1u);
  return log["runs"][0];
}

TEST(Sarif, NothingFoundIsAnEmptyRun) {
  const json run = run_of(empty_report());
  EXPECT_EQ(run["results"], json::array());
  EXPECT_EQ(run["tool"]["driver"]["rules"], json::array());
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
}

TEST(Sarif, ResultsKeepTheOrderAndNameTheirRules) {
  const json run = run_of(realistic_report());
  const json& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(run["results"].size(), 4u);
  EXPECT_EQ(run["results"][0]["ruleId"], "railway-account-token");
  EXPECT_EQ(run["results"][3]["ruleId"], "environment");
  const std::string help = rules.at(0)["help"]["text"];
  EXPECT_EQ(rules.at(0)["shortDescription"]["text"], "Wrong environment.");
  EXPECT_EQ(help, "It can go wrong.\nDo instead: move it.");
  for (const json& result : run["results"]) {
    const json& rule = rules.at(result["ruleIndex"].get<std::size_t>());
    EXPECT_EQ(rule["id"], result["ruleId"]);
    EXPECT_EQ(result["kind"], "fail");
  }
}

TEST(Sarif, SeverityIsLevelAndNumber) {
  const json run = run_of(realistic_report());
  const char* expected[][2] = {
      {"error", "9.5"}, {"error", "8.0"}, {"note", "3.0"}};
  for (std::size_t i = 0; i < 3; ++i) {
    const json& result = run["results"][i];
    EXPECT_EQ(result["level"], expected[i][0]);
    EXPECT_EQ(result["properties"]["security-severity"], expected[i][1]);
  }
  Report medium = realistic_report();
  medium.credentials[0].severity = Severity::medium;
  const json result = run_of(medium)["results"][0];
  EXPECT_EQ(result["level"], "warning");
  EXPECT_EQ(result["properties"]["security-severity"], "5.5");
}

TEST(Sarif, RuleSaysWhatToDo) {
  Report report = realistic_report();
  report.rule_infos[1].revoke = "https://railway.com/account/tokens";
  report.rule_infos[1].narrower = "a project token";
  const json rule = run_of(report)["tool"]["driver"]["rules"][2];
  EXPECT_EQ(rule["id"], "railway-account-token");
  EXPECT_EQ(rule["name"], "RailwayAccountToken");
  EXPECT_EQ(rule["helpUri"], "https://docs.railway.com/reference/public-api");
  EXPECT_THAT(rule["help"]["markdown"].get<std::string>(),
              HasSubstr("**Revoke it:** https://railway.com/account/tokens\n\n"
                        "**Use instead:** a project token.\n\n**Read:** "));
  EXPECT_EQ(rule["properties"]["precision"], "high");
  EXPECT_EQ(rule["properties"]["security-severity"], "9.5");
  EXPECT_EQ(rule["defaultConfiguration"]["level"], "error");
}

// Two of one kind: the rule is as bad as the worse of them.
TEST(Sarif, RuleIsAsBadAsItsWorst) {
  Report report = realistic_report();
  report.credentials.push_back(railway_token());
  report.credentials.back().severity = Severity::low;
  report.rule_infos.clear();  // and a rule that nothing is said about
  const json rule = run_of(report)["tool"]["driver"]["rules"][2];
  EXPECT_EQ(rule["id"], "railway-account-token");
  EXPECT_EQ(rule["properties"]["security-severity"], "9.5");
}

TEST(Sarif, MessageNamesReachEnvironmentAndPowers) {
  Report report = realistic_report();
  const json message = run_of(report)["results"][0]["message"];
  EXPECT_EQ(message["text"],
            "Railway account token with reach 'root' in environment "
            "'production' (assumed): it acts on every project, volume and "
            "backup of the account. It can run volumeDelete on volume pg-data "
            "(production); its backups go with it. Revoke it: "
            "https://railway.com/account/tokens.");
  EXPECT_THAT(message["markdown"].get<std::string>(),
              HasSubstr("\n- volumeDelete on volume pg-data (production); its "
                        "backups go with it\n"));
  EXPECT_THAT(message["markdown"].get<std::string>(),
              HasSubstr("\n\nThen use: a project token"));
  report.credentials[0].reach.powers[0].resources[0].name = "[x](http://y)";
  EXPECT_THAT(
      run_of(report)["results"][0]["message"]["markdown"].get<std::string>(),
      HasSubstr("\\[x\\](http://y)"));
}

TEST(Sarif, PropertiesHoldWhatTheProviderSaid) {
  Report report = realistic_report();
  Reach& reach = report.credentials[0].reach;
  reach.identity = "ada@shop.example";
  reach.scopes = {"volumes:write"};
  reach.powers = {{"volumeDelete",
                   {"data"},
                   Evidence::observed,
                   {{"pg", "volume", EnvironmentClass::production, true}}}};
  const json properties = run_of(report)["results"][0]["properties"];
  EXPECT_EQ(properties["identity"], "ada@shop.example");
  EXPECT_EQ(properties["scopes"], json({"volumes:write"}));
  EXPECT_EQ(properties["powers"], json::parse(R"([{"operation": "volumeDelete",
                             "destroys": ["data"], "evidence": "observed",
                             "resources": [{"name": "pg", "kind": "volume",
                                            "environment": "production",
                                            "protected": true}]}])"));
}

TEST(Sarif, FirstPlaceIsTheLocationTheOthersAreRelated) {
  const json run = run_of(realistic_report());
  const json& result = run["results"][0];
  ASSERT_EQ(result["locations"].size(), 1u);
  EXPECT_EQ(
      result["locations"][0]["physicalLocation"],
      json::parse(R"({"artifactLocation": {"uri": "infra/dns/point-domain.sh",
                                           "uriBaseId": "%SRCROOT%"},
                      "region": {"startLine": 9, "startColumn": 7,
                                 "endLine": 9, "endColumn": 43}})"));
  EXPECT_EQ(result["relatedLocations"].size(), 4u);
  EXPECT_EQ(result["partialFingerprints"],
            json({{"overreachCredential/v1", "b7c1f0a96d2e4f31"}}));
  EXPECT_TRUE(run["originalUriBaseIds"].contains("%SRCROOT%"));
}

TEST(Sarif, PathsBecomeRelativeUris) {
  const std::pair<const char*, const char*> cases[] = {
      {"a/b.env", "a/b.env"},
      {"a b.env", "a%20b.env"},
      {"c:d", "c%3Ad"},
      {"#f?q=%41", "%23f%3Fq%3D%2541"},
      {"bad\xff", "bad%FF"},
      {"caf\xc3\xa9", "caf%C3%A9"},
      {"new\nline", "new%0Aline"},
      {"x.zip!in/y", "x.zip!in/y"},
  };
  for (const auto& [path, uri] : cases) {
    Report report = realistic_report();
    report.credentials[0].places = {place_at(path, 1)};
    const json location = run_of(report)["results"][0]["locations"][0];
    const json& artifact = location["physicalLocation"]["artifactLocation"];
    EXPECT_EQ(artifact["uri"], uri);
    EXPECT_EQ(artifact["uriBaseId"], "%SRCROOT%");
  }
}

TEST(Sarif, PlacesAroundTheFolderHaveRootsOfTheirOwn) {
  const json run = run_of(reach_report());
  const auto artifact = [&](std::size_t result) {
    return run["results"][result]["locations"][0]["physicalLocation"]
              ["artifactLocation"];
  };
  EXPECT_EQ(artifact(0)["uri"], ".railway/config.json");
  EXPECT_EQ(artifact(0)["uriBaseId"], "HOME");
  EXPECT_EQ(artifact(1)["uri"], "environment");
  EXPECT_EQ(artifact(1)["uriBaseId"], "PROCESS");
  for (const char* const base : {"%SRCROOT%", "HOME", "PROCESS"}) {
    EXPECT_TRUE(run["originalUriBaseIds"].contains(base)) << base;
  }
  EXPECT_EQ(run["properties"]["asks"], "no");
  EXPECT_EQ(run["properties"]["targets"][0],
            "Kubernetes context acme-prod (production)");
}

TEST(Sarif, ProblemsAreNotifications) {
  const json invocation = run_of(realistic_report())["invocations"][0];
  EXPECT_EQ(invocation["executionSuccessful"], false);
  const json& notes = invocation["toolExecutionNotifications"];
  ASSERT_EQ(notes.size(), 3u);
  EXPECT_EQ(notes[0]["level"], "error");
  EXPECT_EQ(notes[0]["message"]["text"],
            "Could not be read: permission denied.");
  EXPECT_EQ(notes[1]["level"], "note");
}

}  // namespace
}  // namespace overreach
