// SARIF 2.1.0 as code scanning reads it.  A result is a credential, not an
// occurrence: the first place is its location, further ones are related
// locations, and its fingerprint is the credential's id, which survives moved
// lines and renamed files.
//
// Checked with Microsoft's multitool (tests/formatters/sarif_multitool.sh):
//   DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 Sarif.Multitool validate FILE
//       --rule-kind 'Sarif;Ghas'
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "formatters/formatter.h"
#include "formatters/json_writer.h"
#include "formatters/powers.h"
#include "formatters/redactor.h"
#include "formatters/sarif_rules.h"
#include "formatters/sentences.h"

namespace overreach {
namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json";
// The address that README.md gives to pre-commit; tests/readme.sh compares.
constexpr std::string_view kHome = "https://github.com/overreach/overreach";
constexpr std::string_view kRoot = "%SRCROOT%";
constexpr std::string_view kPerson = "HOME", kProcess = "PROCESS";

// Code scanning takes no more locations of one result.
constexpr std::size_t kRelatedLocations = 100;

// A path as a relative URI reference.  Every byte that is not plainly allowed
// is escaped, the ':' that would make a scheme of the first folder too.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kAllowed = "-._~/!";
  std::string uri;
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') ||
                          kAllowed.find(c) != std::string_view::npos;
    if (is_plain) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += "0123456789ABCDEF"[byte >> 4];
    uri += "0123456789ABCDEF"[byte & 15];
  }
  return uri;
}

class Log {
 public:
  Log(const Report& report, const OutputOptions& options, JsonWriter& json)
      : report_(report),
        redacted_(report, options),
        rules_(sarif_rules(report)),
        json_(json) {}

  void write() {
    json_.object([&] {
      json_.member("$schema", kSchema);
      json_.member("version", "2.1.0");
      json_.array("runs", [&] { json_.object([&] { run(); }); });
    });
  }

 private:
  void run() {
    json_.object("tool", [&] { json_.object("driver", [&] { driver(); }); });
    json_.array("invocations", [&] { json_.object([&] { invocation(); }); });
    json_.object("automationDetails", [&] {
      json_.member(
          "id", report_.surroundings ? "overreach/reach/" : "overreach/scan/");
    });
    json_.object("originalUriBaseIds", [&] {
      json_.object(
          kRoot, [&] { text("description", "The root of the scanned tree."); });
      if (!report_.surroundings) return;
      json_.object(kPerson, [&] { text("description", "The home folder."); });
      json_.object(kProcess, [&] {
        text("description", "No file: the variables of the process.");
      });
    });
    json_.member("columnKind", "unicodeCodePoints");
    json_.array("results", [&] {
      for (const Credential& each : report_.credentials) result(each);
      for (const Crossing& each : report_.crossings) result(each);
    });
    if (report_.surroundings) surroundings(*report_.surroundings);
  }

  void surroundings(const Surroundings& around) {
    json_.object("properties", [&] {
      json_.member("asks", to_string(around.asks));
      json_.array("why", [&] {
        for (const std::string& each : around.why) {
          json_.value(redacted_(each));
        }
      });
      json_.array("targets", [&] {
        for (const AmbientTarget& each : around.targets) {
          json_.value(each.tool + " " + each.what + " " + redacted_(each.name) +
                      " (" + std::string(to_string(each.environment)) + ")");
        }
      });
    });
  }

  void driver() {
    json_.member("name", "overreach");
    json_.member("version", report_.version);
    json_.member("semanticVersion", report_.version);
    json_.member("informationUri", kHome);
    json_.array("rules", [&] {
      for (const SarifRule& rule : rules_) write_rule(json_, rule);
    });
  }

  void invocation() {
    json_.member("executionSuccessful", report_.complete);
    json_.array("toolExecutionNotifications", [&] {
      for (const Problem& problem : report_.problems) notification(problem);
    });
  }

  void notification(const Problem& problem) {
    const bool is_left_out = problem.kind == Problem::Kind::left_out;
    json_.object([&] {
      json_.member("level", is_left_out ? "note" : "error");
      text("message", (is_left_out ? "Left out: " : "Could not be read: ") +
                          redacted_(problem.what) + ".");
      if (problem.path.empty()) return;
      json_.array("locations", [&] {
        json_.object([&] {
          json_.object("physicalLocation",
                       [&] { artifact(redacted_.name(problem.path)); });
        });
      });
    });
  }

  void result(const Credential& credential) {
    json_.object([&] {
      finding(credential, credential.rule);
      json_.object("message", [&] {
        json_.member("text", message(credential, redacted_));
        if (!credential.reach.powers.empty()) {
          json_.member("markdown", markdown(credential, redacted_));
        }
      });
      places(credential.places, &credential);
      fingerprint("overreachCredential/v1", credential.id);
      json_.object("properties", [&] {
        const Place& first = credential.places.front();
        json_.member("confidence", to_string(credential.confidence));
        json_.member("reach", to_string(credential.reach.level));
        json_.member("evidence", to_string(credential.reach.evidence));
        json_.member("environment", to_string(credential.environment.value));
        json_.member("exposure", to_string(first.exposure));
        json_.member("security-severity",
                     security_severity(credential.severity));
        if (credential.live) json_.member("live", *credential.live);
        if (!first.commit.empty()) json_.member("commit", first.commit);
        if (first.in_head) json_.member("inHead", *first.in_head);
        details(credential.reach);
      });
    });
  }

  void result(const Crossing& crossing) {
    json_.object([&] {
      finding(crossing, crossing.kind);
      text("message", message(crossing, redacted_));
      places(crossing.places, nullptr);
      fingerprint("overreachCrossing/v1", crossing.id);
      json_.object("properties", [&] {
        json_.member("confidence", to_string(crossing.confidence));
        json_.member("security-severity", security_severity(crossing.severity));
      });
    });
  }

  template <typename Finding>
  void finding(const Finding& finding, const std::string& rule) {
    json_.member("ruleId", rule);
    json_.member("ruleIndex", index_of(rules_, rule));
    json_.member("level", sarif_level(finding.severity));
    json_.member("kind", "fail");
  }

  // What the provider said, as in the JSON report.
  void details(const Reach& reach) {
    if (!reach.identity.empty()) {
      json_.member("identity", redacted_(reach.identity));
    }
    if (!reach.scopes.empty()) {
      json_.array("scopes", [&] {
        for (const std::string& scope : reach.scopes) {
          json_.value(redacted_(scope));
        }
      });
    }
    if (!reach.powers.empty()) write_powers(json_, reach.powers, redacted_);
  }

  // `owner` may be null.
  void places(const std::vector<Place>& places, const Credential* owner) {
    json_.array("locations", [&] {
      if (!places.empty()) location(places.front(), owner, 0);
    });
    if (places.size() < 2) return;
    const std::size_t count = std::min(places.size() - 1, kRelatedLocations);
    json_.array("relatedLocations", [&] {
      for (std::size_t i = 1; i <= count; ++i) location(places[i], owner, i);
    });
  }

  void location(const Place& place, const Credential* owner, std::size_t id) {
    json_.object([&] {
      json_.member("id", id);
      json_.object("physicalLocation", [&] {
        artifact(shown_path(place, owner, redacted_));
        json_.object("region", [&] {
          json_.member("startLine", place.line);
          json_.member("startColumn", place.column);
          json_.member("endLine", place.end_line);
          json_.member("endColumn", place.end_column);
        });
      });
      if (!place.note.empty()) {
        text("message", redacted_(place.note) + ".");
      } else if (id > 0) {
        text("message", "It also stands here.");
      }
    });
  }

  // A path that is absolute after all (a file elsewhere was named) has no root.
  void artifact(const std::string& path) {
    json_.object("artifactLocation", [&] {
      if (report_.surroundings && path.starts_with("~/")) {
        json_.member("uri", uri_of(path.substr(2)));
        json_.member("uriBaseId", kPerson);
        return;
      }
      if (report_.surroundings && path == kProcessEnvironment) {
        json_.member("uri", "environment");
        json_.member("uriBaseId", kProcess);
        return;
      }
      const bool is_absolute = path.starts_with('/');
      json_.member("uri", (is_absolute ? "file://" : "") + uri_of(path));
      if (!is_absolute) json_.member("uriBaseId", kRoot);
    });
  }

  void fingerprint(std::string_view name, const std::string& id) {
    json_.object("partialFingerprints", [&] { json_.member(name, id); });
  }

  void text(std::string_view name, std::string_view content) {
    json_.object(name, [&] { json_.member("text", content); });
  }

  const Report& report_;
  const Redactor redacted_;
  const std::vector<SarifRule> rules_;
  JsonWriter& json_;
};

}  // namespace

void write_sarif(const Report& report, const OutputOptions& options,
                 std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  Log(report, options, json).write();
  json.end_line();
}

}  // namespace overreach
