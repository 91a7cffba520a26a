#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "formatters/formatter.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

struct Command {
  std::string level, message;
  std::map<std::string, std::string> properties;
};

std::string unescaped(std::string text) {
  const std::pair<const char*, const char*> escapes[] = {
      {"%3A", ":"}, {"%2C", ","}, {"%0D", "\r"}, {"%0A", "\n"}, {"%25", "%"}};
  for (const auto& [escape, plain] : escapes) {
    for (std::size_t at = 0; (at = text.find(escape, at)) != text.npos; ++at) {
      text.replace(at, 3, plain);
    }
  }
  return text;
}

// As the runner reads a line: the properties end at the first "::".
Command command_of(const std::string& line) {
  EXPECT_TRUE(line.starts_with("::")) << line;
  const std::size_t end = line.find("::", 2);
  EXPECT_NE(end, line.npos) << line;
  const std::string head = line.substr(2, end - 2);
  Command command;
  command.level = head.substr(0, head.find(' '));
  command.message = unescaped(line.substr(end + 2));
  std::istringstream properties(head.substr(command.level.size() + 1));
  for (std::string each; std::getline(properties, each, ',');) {
    const std::size_t equals = each.find('=');
    EXPECT_NE(equals, each.npos) << line;
    command.properties[each.substr(0, equals)] =
        unescaped(each.substr(equals + 1));
  }
  return command;
}

std::vector<Command> commands_of(const Report& report,
                                 const OutputOptions& options = {}) {
  std::istringstream lines(written(write_github, report, options));
  std::vector<Command> commands;
  for (std::string line; std::getline(lines, line);) {
    commands.push_back(command_of(line));
  }
  return commands;
}

TEST(Github, FirstPlaceOfEachFindingMostDangerousFirst) {
  const auto commands = commands_of(realistic_report());
  ASSERT_EQ(commands.size(), 5u);
  std::vector<std::string> seen;
  for (const Command& each : commands) {
    const auto file = each.properties.find("file");
    seen.push_back(each.level + " " +
                   (file == each.properties.end() ? "" : file->second));
  }
  EXPECT_THAT(seen,
              testing::ElementsAre("error infra/dns/point-domain.sh",
                                   "error infra/dns/point-domain.sh",
                                   "error services/billing/config.rb",
                                   "notice examples/settings.yml", "warning "));
  const std::map<std::string, std::string> expected = {
      {"file", "infra/dns/point-domain.sh"},
      {"line", "9"},
      {"col", "7"},
      {"endLine", "9"},
      {"endColumn", "43"},
      {"title", "Railway account token"}};
  EXPECT_EQ(commands[0].properties, expected);
  EXPECT_EQ(commands[1].properties.at("title"), "Wrong environment");
  EXPECT_EQ(commands[1].message,
            "a staging place holds a production credential.");
  EXPECT_THAT(commands[0].message,
              testing::StartsWith("Railway account token with reach 'root' in "
                                  "environment 'production' (assumed): "));
}

TEST(Github, SeverityIsTheLevel) {
  const std::pair<Severity, const char*> cases[] = {
      {Severity::critical, "error"},
      {Severity::high, "error"},
      {Severity::medium, "warning"},
      {Severity::low, "notice"}};
  for (const auto& [severity, level] : cases) {
    Report report = empty_report();
    report.credentials = {railway_token()};
    report.credentials[0].severity = severity;
    EXPECT_EQ(commands_of(report)[0].level, level);
  }
}

// The runner refuses columns then.
TEST(Github, SeveralLinesHaveNoColumns) {
  Report report = realistic_report();
  report.credentials[0].places[0].end_line = 12;
  const auto properties = commands_of(report)[0].properties;
  EXPECT_EQ(properties.at("endLine"), "12");
  EXPECT_FALSE(properties.contains("col"));
  EXPECT_FALSE(properties.contains("endColumn"));
}

TEST(Github, LastLineTellsOfTheScan) {
  EXPECT_EQ(written(write_github, empty_report()),
            "::notice title=overreach::0 credentials, 0 crossings; the scan is "
            "complete\n");
  EXPECT_EQ(commands_of(realistic_report()).back().message,
            "3 credentials, 1 crossing; the scan is not complete: 1 part could "
            "not be read: deploy/prod.pem: permission denied");
}

TEST(Github, PropertiesAndDataAreEscaped) {
  Report report = realistic_report();
  report.credentials[0].places = {place_at("a:b,c%41\n\rd", 1)};
  report.credentials[0].reach.why = "50%, a: b\nc";
  const std::string line = written(write_github, report).substr(0, 300);
  EXPECT_THAT(line, testing::HasSubstr(" file=a%3Ab%2Cc%2541%0A%0Dd,line=1,"));
  EXPECT_THAT(line, testing::HasSubstr("): 50%25, a: b%0Ac."));
}

TEST(Github, HostileBytesStayInTheirCommand) {
  Report report = hostile_report();
  for (Credential& each : report.credentials) {
    each.places.erase(each.places.begin());
  }
  const std::string text = written(write_github, report);
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' ||
                (static_cast<unsigned char>(c) >= ' ' && c != 0x7f));
  }
  const auto commands = commands_of(report);
  ASSERT_EQ(commands.size(), 5u);
  EXPECT_EQ(commands[0].properties.at("file"),
            "\\x1b]0;owned\\x07\\x1b[2J.env");
}

TEST(Github, SecretNotEvenWhenAskedFor) {
  OutputOptions options;
  options.show_secrets = true;
  const Report report = realistic_report();
  const std::string text = written(write_github, report, options);
  for (const Credential& each : report.credentials) {
    EXPECT_EQ(text.find(each.secret.reveal()), text.npos);
  }
}

}  // namespace
}  // namespace overreach
