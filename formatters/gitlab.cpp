// GitLab's report of secret detection, security report schema 15.0.7 (15.2.1
// demands nothing else of what is here).  A vulnerability is a credential or a
// crossing at its first place; further places stand in its description.  The
// schema has a member for the line of the source, which is never written: it
// would hold the secret.  What GitLab demands stands in gitlab.schema.json.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formatters/by_danger.h"
#include "formatters/findings.h"
#include "formatters/formatter.h"
#include "formatters/json_writer.h"
#include "formatters/numbers.h"
#include "formatters/redactor.h"
#include "formatters/sentences.h"
#include "formatters/times.h"
#include "formatters/utf8.h"
#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"

namespace overreach {
namespace {

constexpr std::string_view kVersion = "15.0.7";
// The schema wants a commit; this stands for none, in a work tree.
constexpr std::string_view kNoCommit = "0000000";

// Characters that the schema allows.
constexpr std::size_t kName = 255, kSolution = 7000, kDescription = 1048576;
constexpr std::size_t kPlaces = 100;  // named in one description

// A UUID (RFC 9562, version 8) made of what identifies a finding across runs.
std::string uuid_of(std::string_view type, std::string_view id) {
  std::string bytes =
      sha256("overreach " + std::string(type) + " " + std::string(id));
  bytes.resize(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x80);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string text = encode_hex(bytes);
  for (const std::size_t at : {20, 16, 12, 8}) text.insert(at, "-");
  return text;
}

std::string_view severity_text(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "Critical";
    case Severity::high:
      return "High";
    case Severity::medium:
      return "Medium";
    case Severity::low:
      break;
  }
  return "Low";
}

class Document {
 public:
  Document(const Report& report, const OutputOptions& options, JsonWriter& json)
      : report_(report), redacted_(report, options), json_(json) {}

  void write() {
    json_.object([&] {
      json_.member("version", kVersion);
      json_.object("scan", [&] { scan(); });
      json_.array("vulnerabilities", [&] {
        by_danger(
            report_, [&](const Credential& each) { vulnerability(each); },
            [&](const Crossing& each) { vulnerability(each); });
      });
    });
  }

 private:
  void scan() {
    program("analyzer");
    program("scanner");
    json_.member("type", "secret_detection");
    const Scanned& scanned = report_.scanned;
    const auto duration =
        std::isfinite(scanned.seconds)
            ? static_cast<std::int64_t>(std::llround(scanned.seconds))
            : 0;
    // The schema allows no zone behind them.
    json_.member("start_time", utc_text(scanned.started));
    json_.member("end_time", utc_text(scanned.started + duration));
    json_.member("status", report_.complete ? "success" : "failure");
    json_.array("messages", [&] { messages(); });
  }

  void program(std::string_view role) {
    json_.object(role, [&] {
      json_.member("id", "overreach");
      json_.member("name", "overreach");
      json_.object("vendor", [&] { json_.member("name", "overreach"); });
      json_.member("version", report_.version);
    });
  }

  void messages() {
    for (const Problem& problem : report_.problems) {
      const bool is_left_out = problem.kind == Problem::Kind::left_out;
      std::string text = is_left_out ? "Left out: " : "Could not be read: ";
      if (!problem.path.empty()) {
        text += escaped_path(redacted_.name(problem.path)) + ": ";
      }
      message(is_left_out ? "info" : "warn", text + redacted_(problem.what));
    }
    if (lacks_a_reason(report_)) message("warn", "The scan is not complete");
  }

  void message(std::string_view level, std::string_view text) {
    json_.object([&] {
      json_.member("level", level);
      json_.member("value", text);
    });
  }

  void vulnerability(const Credential& credential) {
    const RuleInfo* const info = info_of(report_, credential);
    const std::string docs = info ? info->docs : "";
    const Remedy& remedy = credential.remedy;
    std::string words = verdict_markdown(credential, redacted_);
    if (!credential.reach.identity.empty()) {
      words += "\n\nIdentity: " +
               plain_markdown(redacted_(credential.reach.identity));
    }
    json_.object([&] {
      head("credential", credential.id, credential.name,
           words + also_in(credential), credential.severity);
      solution(advice(credential), remedy.narrower.empty()
                                       ? ""
                                       : "Then use: " + remedy.narrower + ".");
      identifier("overreach_rule", credential.rule, docs);
      json_.array("links", [&] {
        link("Revoke it", remedy.revoke);
        link("About this kind", docs);
      });
      location(credential.places.front(), &credential);
    });
  }

  void vulnerability(const Crossing& crossing) {
    json_.object([&] {
      head("crossing", crossing.id, title_of(report_, crossing),
           plain_markdown(redacted_(crossing.message) + ".") +
               found_in(crossing),
           crossing.severity);
      solution(crossing.remedy.empty() ? "" : crossing.remedy + ".", "");
      identifier("overreach_crossing", crossing.kind, "");
      json_.array("links", [] {});
      location(crossing.places.front(), nullptr);
    });
  }

  void head(std::string_view type, std::string_view id, std::string_view name,
            std::string_view description, Severity severity) {
    json_.member("id", uuid_of(type, id));
    json_.member("category", "secret_detection");
    json_.member("name", shortened(name, kName));
    json_.member("description", shortened(description, kDescription));
    json_.member("severity", severity_text(severity));
  }

  void solution(const std::string& now, const std::string& then) {
    const std::string between = now.empty() || then.empty() ? "" : " ";
    json_.member("solution", shortened(now + between + then, kSolution));
  }

  void identifier(std::string_view type, const std::string& value,
                  const std::string& url) {
    json_.array("identifiers", [&] {
      json_.object([&] {
        json_.member("type", type);
        json_.member("name", "overreach " + value);
        json_.member("value", value);
        if (is_address(url)) json_.member("url", url);
      });
    });
  }

  void link(std::string_view name, const std::string& url) {
    if (!is_address(url)) return;
    json_.object([&] {
      json_.member("name", name);
      json_.member("url", url);
    });
  }

  // The description repeats neither the location nor the solution.
  std::string also_in(const Credential& credential) const {
    return credential.places.size() < 2
               ? ""
               : "\n\nAlso found in:\n" +
                     places(credential.places, 1, &credential);
  }

  // Each link of a chain says what stands there, the first one, too.
  std::string found_in(const Crossing& crossing) const {
    return "\n\nFound in:\n" + places(crossing.places, 0, nullptr);
  }

  // A list of those from `first` on.
  std::string places(const std::vector<Place>& places, std::size_t first,
                     const Credential* owner) const {
    std::string words;
    const std::size_t end = std::min(places.size(), first + kPlaces);
    for (std::size_t i = first; i < end; ++i) {
      words += "\n- " +
               plain_markdown(
                   escaped_path(shown_path(places[i], owner, redacted_))) +
               ":" + std::to_string(places[i].line);
      if (!places[i].note.empty()) {
        words += " (" + plain_markdown(redacted_(places[i].note)) + ")";
      }
    }
    if (places.size() > end) {
      words += "\n- and " + grouped(places.size() - end) + " more";
    }
    return words;
  }

  void location(const Place& place, const Credential* owner) {
    json_.object("location", [&] {
      json_.member("file", escaped_path(shown_path(place, owner, redacted_)));
      json_.member("start_line", place.line);
      json_.member("end_line", place.end_line);
      json_.object("commit", [&] {
        json_.member("sha", place.commit.empty()
                                ? kNoCommit
                                : std::string_view(place.commit));
        if (!place.author.empty()) {
          json_.member("author", redacted_(place.author));
        }
        if (!place.date.empty()) json_.member("date", place.date);
      });
    });
  }

  const Report& report_;
  const Redactor redacted_;
  JsonWriter& json_;
};

}  // namespace

void write_gitlab(const Report& report, const OutputOptions& options,
                  std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  Document(report, options, json).write();
  json.end_line();
}

}  // namespace overreach
