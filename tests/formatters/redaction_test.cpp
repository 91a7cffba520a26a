// The promise of every format, on random reports: no 12 bytes in a row of a
// secret are shown, beyond the public prefix and the four characters behind
// it, wherever in the report the secret or a part of it was planted.  (But for
// names: see redactor_test.cpp.)
#include <gtest/gtest.h>

#include <cctype>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formatters/formatter.h"
#include "tests/formatters/reports.h"

namespace overreach {
namespace {

constexpr std::size_t kWindow = 12;
constexpr int kReports = 300;

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Report report() {
    Report report = empty_report();
    report.credentials.resize(1 + below(6));
    for (Credential& each : report.credentials) make_secret(each);
    for (const Credential& each : report.credentials) {
      secrets_.emplace_back(each.secret.reveal());
    }
    for (Credential& each : report.credentials) fill(each);
    report.target = text();
    for (std::size_t i = below(4); i > 0; --i) {
      report.problems.push_back(
          {text(), text(),
           below(2) ? Problem::Kind::left_out : Problem::Kind::incomplete});
    }
    report.complete = below(2) == 0;
    if (below(2)) {
      Crossing crossing;
      crossing.kind = "environment";
      crossing.message = text();
      crossing.origins = {text()};
      crossing.places = {place()};
      report.crossings = {crossing};
    }
    if (below(2)) {
      Surroundings around;
      around.folder = text();
      around.home = text();
      around.asks = Asks::no;
      around.why = {text(), text()};
      around.stores = {
          {"tool", text(), "keys", Extent::account, {"id"}, text()}};
      around.targets = {{"tool", "context", text(),
                         EnvironmentClass::production, text(), Extent::account,
                         place()}};
      report.surroundings = std::move(around);
    }
    return report;
  }

 private:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

  std::string characters(std::string_view alphabet, std::size_t size) {
    std::string text;
    while (text.size() < size) text += alphabet[below(alphabet.size())];
    return text;
  }

  void make_secret(Credential& credential) {
    // No '.': the dots of a redacted value would look like more of it.
    constexpr std::string_view kAlphabets[] = {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        "0123456789abcdef",
        "abcdefghijklmnopqrstuvwxyz0123456789+/=_-~!$%&*(){}[]<>:;?@^|\\\"' ",
        "ab\x01\x1b\n\t\x7f\xff\xc3\xa9\xe2\x80\xae\\\"% 0123456789",
    };
    const std::size_t sizes[] = {1,  4,  8,  11, 12,  13,
                                 16, 20, 36, 40, 200, 1700};
    const std::string secret =
        characters(kAlphabets[below(4)], sizes[below(12)] + below(3));
    credential.secret = Secret(secret);
    credential.public_prefix = below(2) ? 0 : below(secret.size() / 2 + 1);
  }

  // Words with whole secrets, or at least 12 bytes of one, in between.  (11
  // bytes may be shown, and what an escape adds before them may be the 12th.)
  std::string text() {
    constexpr std::string_view kWords[] = {"src/", "key ",        "\x1b[31m",
                                           "\xff", "caf\xc3\xa9", "a.env",
                                           "\n",   "%41"};
    std::string text;
    for (std::size_t i = 1 + below(5); i > 0; --i) {
      text += kWords[below(8)];
      if (below(3) != 0) continue;
      const std::string& secret = secrets_[below(secrets_.size())];
      const std::size_t last =
          secret.size() < kWindow ? 0 : secret.size() - kWindow;
      const std::size_t from = below(2) ? 0 : below(last + 1);
      text += secret.substr(from, below(2) ? secret.size() : kWindow);
    }
    return text;
  }

  Place place() {
    Place place = place_at(text(), 1, text());
    place.author = text();
    place.note = text();
    return place;
  }

  void fill(Credential& credential) {
    credential.rule = "some-rule";
    credential.name = "Some token";
    credential.reasons = {text(), text()};
    credential.reach.why = text();
    credential.reach.identity = text();
    credential.reach.scopes = {text(), text()};
    credential.reach.powers = {
        {"drop", {}, Evidence::assumed, {{text(), "db", {}, {}}}}};
    credential.environment.origins = {text(), text(), text()};
    credential.facts = {{text(), text()}, {"account", text()}};
    for (std::size_t i = 1 + below(5); i > 0; --i) {
      credential.places.push_back(place());
    }
    credential.severity = static_cast<Severity>(below(4));
    credential.confidence = static_cast<Confidence>(below(3));
  }

  std::mt19937 random_;
  std::vector<std::string> secrets_;
};

// The windows of all secrets that no output may show.
std::unordered_set<std::string> forbidden(const Report& report) {
  std::unordered_set<std::string> windows;
  for (const Credential& credential : report.credentials) {
    const std::string_view value = credential.secret.reveal();
    for (std::size_t end = kWindow; end <= value.size(); ++end) {
      if (end <= credential.public_prefix + 4) continue;
      windows.emplace(value.substr(end - kWindow, kWindow));
    }
  }
  return windows;
}

bool shows(const std::unordered_set<std::string>& windows,
           const std::string& output) {
  for (std::size_t at = 0; at + kWindow <= output.size(); ++at) {
    if (windows.contains(output.substr(at, kWindow))) return true;
  }
  return false;
}

// Every string in a JSON value, unescaped, keys too.
void collect(const nlohmann::json& value, std::string& all) {
  if (value.is_string()) all += value.get<std::string>() + '\n';
  if (!value.is_structured()) return;
  for (const auto& [key, member] : value.items()) {
    if (value.is_object()) all += key + '\n';
    collect(member, all);
  }
}

std::string percent_decoded(const std::string& text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && std::isxdigit(text[i + 1]) &&
        std::isxdigit(text[i + 2])) {
      decoded +=
          static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

// What a browser shows: elements taken away, references resolved.
std::string html_decoded(const std::string& html) {
  const std::pair<std::string_view, char> references[] = {{"&amp;", '&'},
                                                          {"&lt;", '<'},
                                                          {"&gt;", '>'},
                                                          {"&quot;", '"'},
                                                          {"&#39;", '\''}};
  std::string decoded;
  bool in_element = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '<' || (in_element && html[i] == '>')) {
      in_element = html[i] == '<';
      continue;
    }
    if (in_element) continue;
    char character = html[i];
    for (const auto& [reference, meant] : references) {
      if (html.compare(i, reference.size(), reference) != 0) continue;
      character = meant;
      i += reference.size() - 1;
      break;
    }
    decoded += character;
  }
  return decoded;
}

// What a reader of CSV or XML makes of the text: "" is a quote, &amp; an &.
std::string unquoted(std::string text) {
  const std::pair<std::string_view, std::string_view> escapes[] = {
      {"\"\"", "\""},   {"&lt;", "<"},   {"&gt;", ">"},
      {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
  for (const auto& [escape, plain] : escapes) {
    for (std::size_t at = 0; (at = text.find(escape, at)) != text.npos;
         at += plain.size()) {
      text.replace(at, escape.size(), plain);
    }
  }
  return text;
}

// All that someone who decodes the output can see.
std::string seen_in(const std::string& output) {
  std::string all = output + unquoted(output);
  std::istringstream lines(output);
  if (nlohmann::json whole = nlohmann::json::parse(output, nullptr, false);
      !whole.is_discarded()) {
    collect(whole, all);
  } else {
    for (std::string line; std::getline(lines, line);) {
      const auto value = nlohmann::json::parse(line, nullptr, false);
      if (!value.is_discarded()) collect(value, all);
    }
  }
  if (output.starts_with("<!DOCTYPE html>")) all += html_decoded(output);
  return all + percent_decoded(all);
}

TEST(Redaction, NoFormatShowsTwelveBytesOfASecret) {
  for (unsigned seed = 0; seed < kReports; ++seed) {
    const Report report = Generator(seed).report();
    const auto windows = forbidden(report);
    for (const Format& format : formats()) {
      for (const bool verbose : {false, true}) {
        OutputOptions options;
        options.verbose = options.color = verbose;
        options.quiet = seed % 7 == 0;
        options.width = 40 + static_cast<int>(seed % 100);
        std::ostringstream out;
        format.write(report, options, out);
        EXPECT_FALSE(shows(windows, seen_in(out.str())))
            << format.name << ", seed " << seed;
      }
    }
  }
}

// A secret that a format has to escape in the middle is seen all the same.
TEST(Redaction, TheCheckSeesThroughEscapes) {
  Report report = realistic_report();
  report.credentials.resize(1);
  report.credentials[0].secret = Secret("k3y\",&<>'%;:x0Q9z7");
  OutputOptions options;
  options.show_secrets = true;
  for (const Format& format : formats()) {
    // Those that write no secret write a file name that holds it.
    report.credentials[0].places = {
        place_at(report.credentials[0].secret.reveal(), 1)};
    std::ostringstream out;
    format.write(report, options, out);
    EXPECT_TRUE(shows(forbidden(report), seen_in(out.str()))) << format.name;
  }
}

// The first test would notice: here everything is shown on purpose.
TEST(Redaction, TheCheckSeesSecretsThatAreShown) {
  OutputOptions options;
  options.show_secrets = true;
  const Report report = realistic_report();
  for (const Format& format : formats()) {
    // These never show a secret itself.
    if (format.name == "sarif" || format.name == "gitlab" ||
        format.name == "github") {
      continue;
    }
    std::ostringstream out;
    format.write(report, options, out);
    EXPECT_TRUE(shows(forbidden(report), seen_in(out.str()))) << format.name;
  }
}

}  // namespace
}  // namespace overreach
