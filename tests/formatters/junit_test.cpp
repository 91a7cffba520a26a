#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formatters/formatter.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using testing::HasSubstr;

pugi::xml_document parsed(const Report& report,
                          const OutputOptions& options = {}) {
  pugi::xml_document document;
  const std::string text = written(write_junit, report, options);
  const auto result = document.load_buffer(text.data(), text.size());
  EXPECT_TRUE(result) << result.description() << " at " << result.offset;
  return document;
}

pugi::xml_node suite(const pugi::xml_document& document,
                     const std::string& what) {
  return document.child("testsuites")
      .find_child_by_attribute("testsuite", "name",
                               ("overreach " + what).c_str());
}

// "tests failures errors skipped" as the attributes say.
std::string said(const pugi::xml_node& node) {
  std::string text;
  for (const char* const name : {"tests", "failures", "errors", "skipped"}) {
    text += std::string(node.attribute(name).value()) + " ";
  }
  return text;
}

// The same, counted.
std::string counted_in(const pugi::xml_node& node) {
  int tests = 0, failures = 0, errors = 0, skipped = 0;
  for (const pugi::xml_node test : node.children("testcase")) {
    ++tests;
    failures += !test.child("failure").empty();
    errors += !test.child("error").empty();
    skipped += !test.child("skipped").empty();
  }
  std::string text;
  for (const int each : {tests, failures, errors, skipped}) {
    text += std::to_string(each) + " ";
  }
  return text;
}

TEST(Junit, WithoutFindingsEverySuiteHasATestThatPassed) {
  const pugi::xml_document document = parsed(empty_report());
  for (const char* const what : {"credentials", "crossings", "scan"}) {
    EXPECT_EQ(said(suite(document, what)), "1 0 0 0 ") << what;
    EXPECT_EQ(counted_in(suite(document, what)), "1 0 0 0 ") << what;
  }
}

TEST(Junit, CountsAreTrue) {
  for (const Report& report :
       {empty_report(), realistic_report(), reach_report(), hostile_report()}) {
    const pugi::xml_document document = parsed(report);
    const pugi::xml_node all = document.child("testsuites");
    int tests = 0, failures = 0, errors = 0;
    for (const pugi::xml_node each : all.children("testsuite")) {
      EXPECT_EQ(said(each), counted_in(each));
      tests += each.attribute("tests").as_int();
      failures += each.attribute("failures").as_int();
      errors += each.attribute("errors").as_int();
    }
    EXPECT_EQ(all.attribute("tests").as_int(), tests);
    EXPECT_EQ(all.attribute("failures").as_int(), failures);
    EXPECT_EQ(all.attribute("errors").as_int(), errors);
  }
}

TEST(Junit, ACredentialIsATestThatFailed) {
  const pugi::xml_document document = parsed(realistic_report());
  EXPECT_EQ(said(suite(document, "credentials")), "3 3 0 0 ");
  const pugi::xml_node test = suite(document, "credentials").first_child();
  EXPECT_STREQ(test.attribute("classname").value(), "railway-account-token");
  EXPECT_STREQ(test.attribute("name").value(),
               "Railway account token in infra/dns/point-domain.sh:9");
  EXPECT_STREQ(test.attribute("file").value(), "infra/dns/point-domain.sh");
  EXPECT_STREQ(test.attribute("line").value(), "9");
  const pugi::xml_node failure = test.child("failure");
  EXPECT_STREQ(failure.attribute("type").value(), "critical");
  const std::string text = failure.text().get();
  EXPECT_THAT(text, testing::StartsWith(failure.attribute("message").value()));
  for (const char* const line :
       {"\nSecret: 3f0c...\n", "\nIt can run volumeDelete on volume pg-data",
        "\nFound in deploy/production.env:12\n",
        "\nRevoke it: https://railway.com/account/tokens.\n",
        "\nThen use: a project token, limited to one environment.\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(Junit, ACrossingIsOneToo) {
  const pugi::xml_document document = parsed(realistic_report());
  const pugi::xml_node test = suite(document, "crossings").first_child();
  EXPECT_STREQ(test.attribute("classname").value(), "environment");
  EXPECT_STREQ(test.attribute("name").value(),
               "Wrong environment in infra/dns/point-domain.sh:9");
  EXPECT_STREQ(test.child("failure").attribute("message").value(),
               "a staging place holds a production credential.");
}

TEST(Junit, WhatWasNotReadIsAnErrorOrSkipped) {
  const pugi::xml_document document = parsed(realistic_report());
  const pugi::xml_node scan = suite(document, "scan");
  EXPECT_EQ(said(scan), "3 0 1 2 ");
  const pugi::xml_node test = scan.first_child();
  EXPECT_STREQ(test.attribute("name").value(), "deploy/prod.pem");
  EXPECT_STREQ(test.child("error").attribute("message").value(),
               "permission denied");
  Report unexplained = empty_report();
  unexplained.complete = false;
  EXPECT_EQ(said(suite(parsed(unexplained), "scan")), "1 0 1 0 ");
}

// GitLab drops the second of two that are called the same.
TEST(Junit, NoTwoTestsAreCalledTheSame) {
  Report report = realistic_report();
  report.credentials.push_back(report.credentials[0]);
  report.credentials.push_back(report.credentials[0]);
  report.crossings.push_back(report.crossings[0]);
  report.problems.push_back({"deploy/prod.pem", "is too large"});
  const pugi::xml_document document = parsed(report);
  std::set<std::pair<std::string, std::string>> names;
  std::size_t tests = 0;
  for (const pugi::xml_node each : document.child("testsuites")) {
    for (const pugi::xml_node test : each) {
      ++tests;
      names.emplace(test.attribute("classname").value(),
                    test.attribute("name").value());
    }
  }
  EXPECT_EQ(tests, 11u);
  EXPECT_EQ(names.size(), tests);
}

TEST(Junit, ManyPlacesAreCutShort) {
  Report report = realistic_report();
  report.credentials[0].places.assign(102, place_at("a.env", 1));
  const pugi::xml_document document = parsed(report);
  EXPECT_THAT(suite(document, "credentials")
                  .first_child()
                  .child("failure")
                  .text()
                  .get(),
              HasSubstr("\nFound in a.env:1\nand 2 more\n"));
}

// What XML 1.0 has no way to write; a parser that is strict about it is asked
// in other_readers.sh.
TEST(Junit, WhatXmlForbidsStandsEscaped) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"a\x01z", "a\\x01z"},
      {std::string_view("a\0z", 3), "a\\x00z"},
      {"a\x1b[31mz", "a\\x1b[31mz"},
      {"a\xef\xbf\xbez", "a\\u{fffe}z"},
      {"a\xef\xbf\xbfz", "a\\u{ffff}z"},
      {"a\xed\xa0\x80z", "a\\xed\\xa0\\x80z"},
      {"a\xffz", "a\\xffz"},
      {"a\nz", "a\\nz"},
      {"<a b=\"&amp;\" c='d'>]]>", "<a b=\"&amp;\" c='d'>]]>"},
      {"caf\xc3\xa9 \xf0\x9f\x94\x91", "caf\xc3\xa9 \xf0\x9f\x94\x91"},
  };
  for (const auto& [path, shown] : cases) {
    Report report = realistic_report();
    report.credentials[0].places = {place_at(path, 1)};
    const pugi::xml_document document = parsed(report);
    const pugi::xml_node test = suite(document, "credentials").first_child();
    EXPECT_EQ(test.attribute("file").value(), shown);
    EXPECT_THAT(test.child("failure").text().get(),
                HasSubstr("Found in " + std::string(shown) + ":1\n"));
  }
}

TEST(Junit, HostileBytesStayInTheirText) {
  const std::string text = written(write_junit, hostile_report());
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' ||
                (static_cast<unsigned char>(c) >= ' ' && c != 0x7f));
  }
}

TEST(Junit, SecretOnlyWhenAskedFor) {
  const Report report = realistic_report();
  const std::string secret(report.credentials[1].secret.reveal());
  EXPECT_EQ(written(write_junit, report).find(secret), std::string::npos);
  OutputOptions options;
  options.show_secrets = true;
  EXPECT_THAT(written(write_junit, report, options),
              HasSubstr("\nSecret: " + secret + "\n"));
}

}  // namespace
}  // namespace overreach
