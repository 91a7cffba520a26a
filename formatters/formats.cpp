#include "formatters/formatter.h"

namespace overreach {

const std::vector<Format>& formats() {
  static const std::vector<Format> kFormats = {
      {"text", "for people: the most dangerous first", write_text},
      {"json", "one document, schema overreach.report/1", write_json},
      {"jsonl", "the same, one credential a line", write_jsonl},
      {"sarif", "SARIF 2.1.0, for code scanning", write_sarif},
      {"html", "one page for a browser, no script", write_html},
      {"csv", "a table, one row for each place", write_csv},
      {"junit", "JUnit XML, for test reports of CI systems", write_junit},
      {"gitlab", "secret detection report of GitLab", write_gitlab},
      {"github", "annotations of GitHub Actions", write_github},
  };
  return kFormats;
}

}  // namespace overreach
