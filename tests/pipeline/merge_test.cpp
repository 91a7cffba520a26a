#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scanner/pipeline/pipeline.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

Place place_at(const std::string& path, std::uint32_t line) {
  Place place;
  place.path = path;
  place.line = place.end_line = line;
  place.source = "tree";
  return place;
}

Credential credential(const std::string& id, std::vector<Place> places) {
  Credential token;
  token.id = id;
  token.rule = "railway-account-token";
  token.name = "Railway account token";
  token.shown = "3f0c...";
  token.reach.level = Level::root;
  token.severity = Severity::critical;
  token.places = std::move(places);
  return token;
}

Crossing crossing(const std::string& id, Severity severity,
                  std::vector<Place> places) {
  Crossing found;
  found.id = id;
  found.kind = "env/production-credential-in-nonprod";
  found.severity = severity;
  found.confidence = Confidence::medium;
  found.places = std::move(places);
  return found;
}

Report report_of(const std::string& file) {
  Report report;
  report.target = file;
  report.version = "0.1.0";
  report.rules = "412 rules";
  report.scanned = {.files = 10, .bytes = 1000, .seconds = 0.5};
  return report;
}

Report merged(std::vector<Report> reports, const ScanOptions& options = {}) {
  static const RuleSet kRules = builtin_rules();
  auto report = merge(std::move(reports), options, kRules);
  EXPECT_TRUE(report) << report.error().text;
  return report ? *report : Report();
}

TEST(Merge, OneCredentialWithAllItsPlaces) {
  Report a = report_of("a.json"), b = report_of("b.json");
  a.credentials = {credential("1", {place_at("z.sh", 4)})};
  b.credentials = {credential("2", {place_at("y.sh", 1)}),
                   credential("1", {place_at("z.sh", 4), place_at("a.sh", 9)})};
  const Report report = merged({a, b});
  ASSERT_THAT(report.credentials, SizeIs(2));
  EXPECT_EQ(report.credentials[0].id, "1");  // by its first place
  ASSERT_THAT(report.credentials[0].places, SizeIs(2));
  EXPECT_EQ(report.credentials[0].places[0].path, "a.sh");
  EXPECT_EQ(report.at_gate, 2u);
  ASSERT_THAT(report.rule_infos, SizeIs(1));
  EXPECT_FALSE(report.rule_infos[0].docs.empty());
}

TEST(Merge, WhatWasAskedCountsMore) {
  Report offline = report_of("a.json"), asked = report_of("b.json");
  offline.credentials = {credential("1", {place_at("a.sh", 1)})};
  offline.credentials[0].environment = {
      EnvironmentClass::production, EnvironmentSource::none, {"its path"}};
  Credential dead = credential("1", {place_at("b.sh", 1)});
  dead.live = false;
  dead.reach.level = Level::none;
  dead.reach.evidence = Evidence::observed;
  dead.severity = Severity::low;
  asked.credentials = {dead};
  for (const auto& reports :
       {std::vector{offline, asked}, std::vector{asked, offline}}) {
    const Report report = merged(reports);
    ASSERT_THAT(report.credentials, SizeIs(1));
    const Credential& one = report.credentials[0];
    EXPECT_EQ(one.reach.level, Level::none);
    EXPECT_EQ(one.live, false);
    EXPECT_EQ(one.severity, Severity::low);
    EXPECT_EQ(one.environment.value, EnvironmentClass::production);
    EXPECT_THAT(one.places, SizeIs(2));
  }
}

TEST(Merge, CrossingsKeepTheirFirstPlace) {
  Report a = report_of("a.json"), b = report_of("b.json");
  a.crossings = {crossing("1", Severity::medium, {place_at("m.yml", 1)}),
                 crossing("2", Severity::medium, {place_at("n.yml", 1)})};
  b.crossings = {crossing("3", Severity::high, {place_at("o.yml", 1)}),
                 crossing("1", Severity::medium,
                          {place_at("b.yml", 1), place_at("m.yml", 1)})};
  const Report report = merged({a, b});
  ASSERT_THAT(report.crossings, SizeIs(3));
  EXPECT_EQ(report.crossings[0].id, "3");
  EXPECT_EQ(report.crossings[1].id, "1");
  ASSERT_THAT(report.crossings[1].places, SizeIs(2));
  EXPECT_EQ(report.crossings[1].places[0].path, "m.yml");
  EXPECT_EQ(report.at_gate, 1u);  // high and up
}

TEST(Merge, CountsAndProblemsAddUp) {
  Report a = report_of("a.json"), b = report_of("b.json");
  b.version = "0.2.0";
  a.hidden = b.hidden = 2;
  a.contacted = {{"z.example.com", 1}, {"a.example.com", 2}};
  b.contacted = {{"a.example.com", 3}};
  b.complete = false;
  a.problems = b.problems = {{"x", "cannot be read"}};
  const Report report = merged({a, b});
  EXPECT_EQ(report.scanned.files, 20u);
  EXPECT_DOUBLE_EQ(report.scanned.seconds, 1.0);
  EXPECT_EQ(report.hidden, 4u);
  EXPECT_FALSE(report.complete);
  EXPECT_THAT(report.problems, SizeIs(1));
  EXPECT_EQ(report.version, "0.1.0, 0.2.0");
  EXPECT_EQ(report.rules, "412 rules");
  EXPECT_EQ(report.target, "what a.json, b.json report");
  ASSERT_THAT(report.contacted, SizeIs(2));
  EXPECT_EQ(report.contacted[0].host, "a.example.com");
  EXPECT_EQ(report.contacted[0].requests, 5u);
}

TEST(Merge, HidesWhatIsBelowTheConfidence) {
  Report a = report_of("a.json");
  a.credentials = {credential("1", {place_at("a.sh", 1)}),
                   credential("2", {place_at("b.sh", 1)})};
  a.credentials[1].confidence = Confidence::low;
  ScanOptions options;
  options.min_confidence = Confidence::medium;
  options.fail_on = Level::root;
  const Report report = merged({a}, options);
  EXPECT_THAT(report.credentials, SizeIs(1));
  EXPECT_EQ(report.hidden, 1u);
  EXPECT_EQ(report.at_gate, 1u);
}

TEST(Merge, ARuleNobodyKnowsHasWhatItsCredentialSays) {
  Report a = report_of("a.json");
  a.credentials = {credential("1", {place_at("a.sh", 1)})};
  a.credentials[0].rule = "acme-token";
  a.credentials[0].remedy.revoke = "ask the platform team";
  const Report report = merged({a});
  ASSERT_THAT(report.rule_infos, SizeIs(1));
  EXPECT_EQ(report.rule_infos[0].id, "acme-token");
  EXPECT_EQ(report.rule_infos[0].revoke, "ask the platform team");
}

TEST(Merge, SurroundingsAreOfOneFolder) {
  Report a = report_of("a.json"), b = report_of("b.json"),
         c = report_of("c.json");
  a.surroundings.emplace();
  EXPECT_TRUE(merged({a, b}).surroundings);
  c.surroundings.emplace();
  const auto both = merge({a, b, c}, {}, builtin_rules());
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().text,
            "c.json: says what stands around a folder, and so does a report "
            "before it; such reports cannot be merged");
}

}  // namespace
}  // namespace overreach
