#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formatters/formatter.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

using Row = std::vector<std::string>;

// Reads what RFC 4180 describes, and nothing else: a bare line feed or a quote
// within an unquoted cell fails the test.
std::vector<Row> rows_of(std::string_view text) {
  std::vector<Row> rows;
  Row row;
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (quoted) {
      if (c == '"' && next == '"') {
        cell += text[++i];
      } else if (c == '"') {
        quoted = false;
        EXPECT_TRUE(next == ',' || next == '\r') << "at " << i;
      } else {
        cell += c;
      }
    } else if (c == '"') {
      EXPECT_TRUE(cell.empty()) << "a quote at " << i;
      quoted = true;
    } else if (c == ',' || (c == '\r' && next == '\n')) {
      row.push_back(cell);
      cell.clear();
      if (c == ',') continue;
      rows.push_back(row);
      row.clear();
      ++i;
    } else {
      EXPECT_TRUE(c != '\n' && c != '\r') << "at " << i;
      cell += c;
    }
  }
  EXPECT_TRUE(row.empty() && cell.empty() && !quoted) << "no end of line";
  return rows;
}

// The rows behind the header, by the names of their columns.
std::vector<std::map<std::string, std::string>> table_of(
    const Report& report, const OutputOptions& options = {}) {
  const std::vector<Row> rows = rows_of(written(write_csv, report, options));
  std::vector<std::map<std::string, std::string>> table;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].size(), rows[0].size());
    auto& cells = table.emplace_back();
    for (std::size_t at = 0; at < rows[i].size(); ++at) {
      cells[rows[0][at]] = rows[i][at];
    }
  }
  return table;
}

TEST(Csv, NothingFoundIsTheHeader) {
  EXPECT_EQ(written(write_csv, empty_report()),
            "type,id,rule,provider,name,severity,confidence,reach,evidence,"
            "live,environment,exposure,path,line,column,end_line,end_column,"
            "key,commit,author,date,redacted,revoke,narrower\r\n");
}

TEST(Csv, EachPlaceOfACredentialIsARow) {
  const auto table = table_of(realistic_report());
  ASSERT_GE(table.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(table[i].at("id"), "b7c1f0a96d2e4f31");
    EXPECT_EQ(table[i].at("type"), "credential");
  }
  const auto& second = table[1];
  const std::map<std::string, std::string> expected = {
      {"type", "credential"},
      {"id", "b7c1f0a96d2e4f31"},
      {"rule", "railway-account-token"},
      {"provider", "railway"},
      {"name", "Railway account token"},
      {"severity", "critical"},
      {"confidence", "high"},
      {"reach", "root"},
      {"evidence", "assumed"},
      {"live", ""},
      {"environment", "production"},
      {"exposure", "tracked"},
      {"path", "deploy/production.env"},
      {"line", "12"},
      {"column", "7"},
      {"end_line", "12"},
      {"end_column", "43"},
      {"key", "RAILWAY_API_TOKEN"},
      {"commit", ""},
      {"author", ""},
      {"date", ""},
      {"redacted", "3f0c..."},
      {"revoke", "https://railway.com/account/tokens"},
      {"narrower", "a project token, limited to one environment"},
  };
  EXPECT_EQ(second, expected);
}

// A crossing as dangerous as a credential stands before it, as on the page.
TEST(Csv, RowsAreInTheOrderOfDanger) {
  std::vector<std::string> order;
  for (const auto& row : table_of(realistic_report())) {
    const std::string what = row.at("type") + " " + row.at("severity");
    if (order.empty() || order.back() != what) order.push_back(what);
  }
  EXPECT_THAT(order,
              testing::ElementsAre("credential critical", "crossing high",
                                   "credential high", "credential low",
                                   "problem ", "left-out "));
}

TEST(Csv, WhatIsNotKnownIsEmpty) {
  const auto table = table_of(realistic_report());
  EXPECT_EQ(table[6].at("live"), "true");
  EXPECT_EQ(table[7].at("provider"), "");
  const auto& crossing = table[5];
  EXPECT_EQ(crossing.at("rule"), "environment");
  EXPECT_EQ(crossing.at("name"),
            "a staging place holds a production credential");
  for (const char* const column :
       {"reach", "evidence", "live", "redacted", "revoke"}) {
    EXPECT_EQ(crossing.at(column), "") << column;
  }
}

TEST(Csv, HistoryNamesCommitAuthorAndDate) {
  Report report = realistic_report();
  Place& place = report.credentials[1].places[0];
  place.commit = std::string(40, 'a');
  place.author = "Kim, \"the\" <kim@shop.example>";
  place.date = "2024-01-02T03:04:05Z";
  const auto row = table_of(report)[6];
  EXPECT_EQ(row.at("commit"), place.commit);
  EXPECT_EQ(row.at("author"), place.author);
  EXPECT_EQ(row.at("date"), place.date);
}

TEST(Csv, ASpreadsheetRunsNothing) {
  const std::pair<const char*, const char*> cases[] = {
      {"=1+1", "'=1+1"},
      {"+1", "'+1"},
      {"-1", "'-1"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\t=1", "\\t=1"},
      {"\r=1", "\\r=1"},
      {"=a,b;\"c\"", "'=a,b;\"c\""},
      {"a=1", "a=1"},
      {"bad\xff", "bad\\xff"},
      {"caf\xc3\xa9", "caf\xc3\xa9"},
  };
  for (const auto& [key, cell] : cases) {
    Report report = realistic_report();
    report.credentials[0].places = {place_at("a", 1, key)};
    EXPECT_EQ(table_of(report)[0].at("key"), cell);
  }
}

// Where a semicolon separates, its cell must not be cut in two.
TEST(Csv, OtherSeparatorsAreQuoted) {
  Report report = realistic_report();
  report.credentials[0].places = {place_at("a;=1", 1)};
  EXPECT_THAT(written(write_csv, report), testing::HasSubstr(",\"a;=1\","));
}

TEST(Csv, WhatWasNotReadHasRows) {
  const auto table = table_of(realistic_report());
  const auto& problem = table[table.size() - 3];
  EXPECT_EQ(problem.at("type"), "problem");
  EXPECT_EQ(problem.at("path"), "deploy/prod.pem");
  EXPECT_EQ(problem.at("name"), "permission denied");
  EXPECT_EQ(table.back().at("type"), "left-out");
  EXPECT_EQ(table.back().at("path"), "b.sock");
  Report unexplained = empty_report();
  unexplained.complete = false;
  EXPECT_EQ(table_of(unexplained).at(0).at("name"), "the scan is not complete");
}

TEST(Csv, SecretOnlyWhenAskedFor) {
  const Report report = realistic_report();
  EXPECT_EQ(table_of(report)[6].at("redacted"), "sk_live_51Mx...");
  OutputOptions options;
  options.show_secrets = true;
  EXPECT_EQ(table_of(report, options)[6].at("redacted"),
            report.credentials[1].secret.reveal());
}

TEST(Csv, HostileBytesStayInTheirCells) {
  const std::string text = written(write_csv, hostile_report());
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' || c == '\r' ||
                (static_cast<unsigned char>(c) >= ' ' && c != 0x7f));
  }
  const auto table = table_of(hostile_report());
  // Three credentials with one, one and one place and eight hostile ones each,
  // a crossing, three problems and eight hostile ones.
  EXPECT_EQ(table.size(), 3u * 9 + 1 + 3 + 8);
  EXPECT_EQ(table[2].at("path"), "'-rf\\n/\\r\\t");
}

}  // namespace
}  // namespace overreach
