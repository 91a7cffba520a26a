// The JSON report, whole (json) and in lines (jsonl).  This is a contract with
// other programs, described by report.schema.json: keys may be added, never
// renamed, moved or left out while the schema's number stays.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "formatters/formatter.h"
#include "formatters/json_writer.h"
#include "formatters/powers.h"
#include "formatters/redactor.h"
#include "formatters/times.h"
#include "formatters/utf8.h"

namespace overreach {
namespace {

constexpr std::string_view kSchema = "overreach.report/1";

// Writes the parts of one report.
class Document {
 public:
  Document(const Report& report, const OutputOptions& options, JsonWriter& json)
      : report_(report),
        options_(options),
        redacted_(report, options),
        json_(json) {}

  void envelope() {
    json_.member("schema", kSchema);
    json_.object("tool", [&] {
      json_.member("name", "overreach");
      json_.member("version", report_.version);
      json_.member("rules", report_.rules);
      if (!report_.config.empty()) {
        json_.member("config", escaped_path(redacted_.name(report_.config)));
      }
    });
    json_.member("complete", report_.complete);
    list("problems", report_.problems, &Document::problem);
    scanned();
    json_.object("not_shown", [&] {
      json_.member("low_confidence", report_.hidden);
      json_.member("marker", report_.suppressed);
      json_.member("ignore_file", report_.ignored);
      json_.member("baseline", report_.known);
    });
    list("contacted", report_.contacted, &Document::contact);
    if (report_.surroundings) surroundings(*report_.surroundings);
  }

  void lists() {
    list("credentials", report_.credentials, &Document::credential);
    list("crossings", report_.crossings, &Document::crossing);
  }

  void credential(const Credential& credential) {
    json_.object([&] {
      what(credential);
      reach(credential.reach);
      json_.object("environment", [&] {
        class_of(credential.environment.value);
        strings("origins", credential.environment.origins);
      });
      facts(credential);
      json_.object("remedy", [&] {
        known("revoke", credential.remedy.revoke);
        known("narrower", credential.remedy.narrower);
      });
      json_.array("places", [&] {
        for (const Place& each : credential.places) place(each, &credential);
      });
    });
  }

  void crossing(const Crossing& crossing) {
    json_.object([&] {
      json_.member("id", crossing.id);
      json_.member("kind", crossing.kind);
      json_.member("severity", to_string(crossing.severity));
      json_.member("confidence", to_string(crossing.confidence));
      json_.member("message", redacted_(crossing.message));
      known("remedy", crossing.remedy);
      strings("origins", crossing.origins);
      json_.array("places", [&] {
        for (const Place& each : crossing.places) place(each, nullptr);
      });
      json_.array("credentials", [&] {
        for (const std::string& id : crossing.credentials) json_.value(id);
      });
    });
  }

 private:
  void problem(const Problem& problem) {
    json_.object([&] {
      known("path", escaped_path(redacted_.name(problem.path)));
      json_.member("what", redacted_(problem.what));
      if (problem.kind == Problem::Kind::left_out) {
        json_.member("left_out", true);
      }
    });
  }

  void scanned() {
    const Scanned& scanned = report_.scanned;
    json_.object("scanned", [&] {
      json_.member("files", scanned.files);
      json_.member("blobs", scanned.blobs);
      json_.member("commits", scanned.commits);
      json_.member("bytes", scanned.bytes);
      json_.member("seconds",
                   std::isfinite(scanned.seconds) ? scanned.seconds : 0.0);
      if (scanned.started > 0) {
        json_.member("started", utc_text(scanned.started) + "Z");
      }
      if (scanned.lines > 0) json_.member("lines", scanned.lines);
    });
  }

  void surroundings(const Surroundings& around) {
    json_.object("surroundings", [&] {
      json_.member("folder", escaped_path(redacted_.name(around.folder)));
      json_.member("home", escaped_path(redacted_.name(around.home)));
      json_.member("variables", around.variables);
      json_.member("asks", to_string(around.asks));
      strings("why", around.why);
      list("stores", around.stores, &Document::store);
      list("targets", around.targets, &Document::target);
    });
  }

  void store(const CredentialStore& store) {
    json_.object([&] {
      json_.member("tool", store.tool);
      json_.member("path", escaped_path(redacted_.name(store.path)));
      json_.member("holds", store.holds);
      json_.member("extent", to_string(store.extent));
      strings("credentials", store.credentials);
      known("denied_by", redacted_(store.denied_by));
    });
  }

  void target(const AmbientTarget& target) {
    json_.object([&] {
      json_.member("tool", target.tool);
      json_.member("what", target.what);
      json_.member("name", redacted_(target.name));
      json_.member("environment", to_string(target.environment));
      json_.member("extent", to_string(target.extent));
      json_.key("place");
      place(target.place, nullptr);
    });
  }

  void contact(const Contact& contact) {
    json_.object([&] {
      json_.member("host", contact.host);
      json_.member("requests", contact.requests);
    });
  }

  void what(const Credential& credential) {
    json_.member("id", credential.id);
    json_.member("rule", credential.rule);
    known("provider", credential.provider);
    json_.member("name", credential.name);
    json_.member("redacted", shown_secret(credential, OutputOptions{}));
    if (options_.show_secrets && !credential.secret.empty()) {
      json_.member("secret", shown_secret(credential, options_));
    }
    json_.member("confidence", to_string(credential.confidence));
    strings("reasons", credential.reasons);
    json_.member("severity", to_string(credential.severity));
    perhaps("live", credential.live);
  }

  void reach(const Reach& reach) {
    json_.object("reach", [&] {
      json_.member("level", to_string(reach.level));
      json_.member("evidence", to_string(reach.evidence));
      known("why", redacted_(reach.why));
      known("identity", redacted_(reach.identity));
      strings("scopes", reach.scopes);
      write_powers(json_, reach.powers, redacted_);
    });
  }

  // A fact that is given twice becomes one, its values separated by commas.
  void facts(const Credential& credential) {
    Facts merged;
    for (const auto& fact : credential.facts) {
      const std::string shown = redacted_.fact(fact.second, credential);
      const auto same = std::find_if(
          merged.begin(), merged.end(),
          [&](const auto& other) { return other.first == fact.first; });
      if (same == merged.end()) {
        merged.emplace_back(fact.first, shown);
      } else {
        same->second += ", " + shown;
      }
    }
    json_.object("facts", [&] {
      for (const auto& [name, value] : merged) {
        json_.member(redacted_(name), value);
      }
    });
  }

  // `owner` may be null: a crossing belongs to no credential.
  void place(const Place& place, const Credential* owner) {
    const auto name = [&](const std::string& text) {
      return redacted_.name(text, owner);
    };
    json_.object([&] {
      json_.member("path", escaped_path(name(place.path)));
      json_.member("line", place.line);
      json_.member("column", place.column);
      json_.member("end_line", place.end_line);
      json_.member("end_column", place.end_column);
      known("key", name(place.key));
      json_.member("source", place.source);
      json_.member("exposure", to_string(place.exposure));
      json_.member("environment", to_string(place.environment));
      known("commit", place.commit);
      known("author", redacted_(place.author));
      known("date", place.date);
      known("part", place.part);
      perhaps("in_head", place.in_head);
      strings("refs", place.refs);
      json_.member("more_refs", place.more_refs);
      known("note", redacted_(place.note));
    });
  }

  void class_of(EnvironmentClass value) {
    json_.member("class", to_string(value));
  }

  void known(std::string_view name, const std::string& text) {
    json_.key(name);
    text.empty() ? json_.null() : json_.value(text);
  }

  void perhaps(std::string_view name, std::optional<bool> truth) {
    json_.key(name);
    truth ? json_.value(*truth) : json_.null();
  }

  void strings(std::string_view name, const std::vector<std::string>& texts) {
    json_.array(name, [&] {
      for (const std::string& text : texts) json_.value(redacted_.name(text));
    });
  }

  template <typename T>
  void list(std::string_view name, const std::vector<T>& items,
            void (Document::*write)(const T&)) {
    json_.array(name, [&] {
      for (const T& item : items) (this->*write)(item);
    });
  }

  const Report& report_;
  const OutputOptions& options_;
  const Redactor redacted_;
  JsonWriter& json_;
};

}  // namespace

void write_json(const Report& report, const OutputOptions& options,
                std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  Document document(report, options, json);
  json.object([&] {
    document.envelope();
    document.lists();
  });
  json.end_line();
}

void write_jsonl(const Report& report, const OutputOptions& options,
                 std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::compact);
  Document document(report, options, json);
  json.object([&] { document.envelope(); });
  json.end_line();
  for (const Credential& credential : report.credentials) {
    document.credential(credential);
    json.end_line();
  }
  for (const Crossing& crossing : report.crossings) {
    document.crossing(crossing);
    json.end_line();
  }
}

}  // namespace overreach
