// JUnit's XML, as Jenkins, GitLab, Azure Pipelines and CircleCI read it: each
// finding is a test that failed, what could not be read one with an error.
// There is no specification; this keeps to what those agree on.  Of two tests
// of one class and name GitLab drops the second, so no two are called the same.
// Controls, and what XML 1.0 forbids, stand escaped as on a terminal.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formatters/findings.h"
#include "formatters/formatter.h"
#include "formatters/numbers.h"
#include "formatters/powers.h"
#include "formatters/redactor.h"
#include "formatters/sentences.h"
#include "formatters/utf8.h"

namespace overreach {
namespace {

constexpr std::size_t kPlaces = 100;  // named in one failure

// Two code points are no controls and yet not allowed in XML.
std::string without_nonstandard(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (point.value == 0xfffe || point.value == 0xffff) {
      result += point.value == 0xfffe ? "\\u{fffe}" : "\\u{ffff}";
    } else {
      result += text.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  return result;
}

// For an attribute or one line of text.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : without_nonstandard(visible(text))) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

struct TestCase {
  std::string classname, name;
  const Place* place = nullptr;  // where to look, if anywhere
  std::string path;              // of `place`, as it may be shown
  // "failure", "error" or "skipped"; empty when it passed.
  std::string_view outcome;
  std::string type, message;
  std::vector<std::string> lines;  // what a failure says at length
};

using Suite = std::pair<std::string_view, std::vector<TestCase>>;

std::size_t count_of(const Suite& suite, std::string_view outcome) {
  return static_cast<std::size_t>(
      std::count_if(suite.second.begin(), suite.second.end(),
                    [&](const TestCase& c) { return c.outcome == outcome; }));
}

class Document {
 public:
  Document(const Report& report, const OutputOptions& options,
           std::ostream& out)
      : report_(report),
        options_(options),
        redacted_(report, options),
        out_(out) {}

  void write() {
    const std::vector<Suite> suites = {{"overreach credentials", credentials()},
                                       {"overreach crossings", crossings()},
                                       {"overreach scan", reading()}};
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    out_ << "<testsuites name=\"overreach\"";
    for (const auto& [attribute, outcome] : kTotals) {
      std::size_t total = 0;
      for (const Suite& suite : suites) total += count(suite, outcome);
      attribute_of(attribute, std::to_string(total));
    }
    out_ << ">\n";
    for (const Suite& suite : suites) write(suite);
    out_ << "</testsuites>\n";
  }

 private:
  static constexpr std::pair<std::string_view, std::string_view> kTotals[] = {
      {"tests", "all"}, {"failures", "failure"}, {"errors", "error"}};

  static std::size_t count(const Suite& suite, std::string_view outcome) {
    return outcome == "all" ? suite.second.size() : count_of(suite, outcome);
  }

  std::vector<TestCase> credentials() const {
    std::vector<TestCase> cases;
    for (const Credential& each : report_.credentials) {
      TestCase found = failed(each.rule, each.name, each.severity);
      at(found, each.places.front(), &each);
      found.message = verdict(each, redacted_);
      found.lines = lines_of(each);
      cases.push_back(std::move(found));
    }
    if (cases.empty()) {
      cases.push_back(passed("overreach/credentials", "no credential"));
    }
    return cases;
  }

  std::vector<TestCase> crossings() const {
    std::vector<TestCase> cases;
    for (const Crossing& each : report_.crossings) {
      TestCase found =
          failed(each.kind, title_of(report_, each), each.severity);
      at(found, each.places.front(), nullptr);
      found.message = redacted_(each.message) + ".";
      found.lines = places_of(each.places, nullptr);
      if (!each.remedy.empty()) {
        found.lines.push_back("Do now: " + each.remedy + ".");
      }
      cases.push_back(std::move(found));
    }
    if (cases.empty()) {
      cases.push_back(passed("overreach/crossings", "no crossing"));
    }
    return cases;
  }

  // What could not be read, or was left out.
  std::vector<TestCase> reading() const {
    std::vector<TestCase> cases;
    for (const Problem& problem : report_.problems) {
      const bool is_left_out = problem.kind == Problem::Kind::left_out;
      TestCase unread;
      unread.classname =
          is_left_out ? "overreach/left-out" : "overreach/unread";
      unread.name = problem.path.empty() ? redacted_(problem.what)
                                         : redacted_.name(problem.path);
      unread.outcome = is_left_out ? "skipped" : "error";
      unread.type = is_left_out ? "left-out" : "unread";
      unread.message = redacted_(problem.what);
      cases.push_back(std::move(unread));
    }
    if (lacks_a_reason(report_)) {
      TestCase unread = passed("overreach/unread", "scan");
      unread.outcome = "error";
      unread.type = "unread";
      unread.message = "the scan is not complete";
      cases.push_back(std::move(unread));
    }
    if (cases.empty()) {
      cases.push_back(passed("overreach/unread", "everything was read"));
    }
    return cases;
  }

  static TestCase passed(std::string classname, std::string name) {
    TestCase test;
    test.classname = std::move(classname);
    test.name = std::move(name);
    return test;
  }

  static TestCase failed(const std::string& classname, const std::string& name,
                         Severity severity) {
    TestCase test = passed(classname, name);
    test.outcome = "failure";
    test.type = to_string(severity);
    return test;
  }

  void at(TestCase& test, const Place& place, const Credential* owner) const {
    test.place = &place;
    test.path = shown_path(place, owner, redacted_);
    test.name += " in " + test.path + ":" + std::to_string(place.line);
  }

  std::vector<std::string> lines_of(const Credential& credential) const {
    std::vector<std::string> lines = {"Secret: " +
                                      shown_secret(credential, options_)};
    const Reach& reach = credential.reach;
    if (!reach.identity.empty()) {
      lines.push_back("Identity: " + redacted_(reach.identity));
    }
    for (const Power* const power : ordered(reach.powers)) {
      lines.push_back("It can run " + summary(*power, redacted_) + ".");
    }
    for (std::string& line : places_of(credential.places, &credential)) {
      lines.push_back(std::move(line));
    }
    const std::string steps = advice(credential);
    if (!steps.empty()) lines.push_back(steps);
    const std::string& narrower = credential.remedy.narrower;
    if (!narrower.empty()) lines.push_back("Then use: " + narrower + ".");
    return lines;
  }

  std::vector<std::string> places_of(const std::vector<Place>& places,
                                     const Credential* owner) const {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < std::min(places.size(), kPlaces); ++i) {
      std::string line = "Found in " + shown_path(places[i], owner, redacted_) +
                         ":" + std::to_string(places[i].line);
      if (!places[i].commit.empty()) line += ", commit " + places[i].commit;
      if (!places[i].note.empty()) line += ": " + redacted_(places[i].note);
      lines.push_back(std::move(line));
    }
    if (places.size() > kPlaces) {
      lines.push_back("and " + grouped(places.size() - kPlaces) + " more");
    }
    return lines;
  }

  void write(const Suite& suite) {
    out_ << "  <testsuite";
    attribute_of("name", suite.first);
    for (const auto& [attribute, outcome] : kTotals) {
      attribute_of(attribute, std::to_string(count(suite, outcome)));
    }
    attribute_of("skipped", std::to_string(count_of(suite, "skipped")));
    out_ << ">\n";
    for (const TestCase& each : suite.second) write(each);
    out_ << "  </testsuite>\n";
  }

  void write(const TestCase& test) {
    out_ << "    <testcase";
    attribute_of("classname", test.classname);
    attribute_of("name", new_name(test));
    if (test.place) {
      attribute_of("file", test.path);
      attribute_of("line", std::to_string(test.place->line));
    }
    if (test.outcome.empty()) {
      out_ << "/>\n";
      return;
    }
    out_ << ">\n      <" << test.outcome;
    attribute_of("type", test.type);
    attribute_of("message", test.message);
    if (test.lines.empty()) {
      out_ << "/>\n    </testcase>\n";
      return;
    }
    out_ << ">" << escaped(test.message) << "\n";
    for (const std::string& line : test.lines) out_ << escaped(line) << "\n";
    out_ << "</" << test.outcome << ">\n    </testcase>\n";
  }

  std::string new_name(const TestCase& test) {
    std::string name = visible(test.name);
    for (std::size_t i = 2; !names_.emplace(test.classname, name).second; ++i) {
      name = visible(test.name) + " (" + std::to_string(i) + ")";
    }
    return name;
  }

  void attribute_of(std::string_view name, std::string_view value) {
    out_ << ' ' << name << "=\"" << escaped(value) << '"';
  }

  const Report& report_;
  const OutputOptions& options_;
  const Redactor redacted_;
  std::ostream& out_;
  std::set<std::pair<std::string, std::string>> names_;  // class and name
};

}  // namespace

void write_junit(const Report& report, const OutputOptions& options,
                 std::ostream& out) {
  Document(report, options, out).write();
}

}  // namespace overreach
