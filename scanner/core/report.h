// What a scan found: plain values, complete and sorted when a formatter gets
// them.  The words are those of the README: a credential is one distinct
// secret with all its places, reach is what it may do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/core/diagnostics.h"
#include "scanner/core/place.h"
#include "scanner/core/secret.h"
#include "scanner/core/surroundings.h"

namespace overreach {

// Each in rising order, so that `<` means less of it.
enum class Confidence { low, medium, high };
enum class Severity { low, medium, high, critical };
enum class Level { none, unknown, read, write, destructive, root };
enum class Evidence { assumed, inferred, declared, observed };

std::string_view to_string(Confidence value);
std::string_view to_string(Severity value);
std::string_view to_string(Level value);
std::string_view to_string(Evidence value);
// Absent for a word that is none of the class's.
std::optional<Confidence> parse_confidence(std::string_view word);
std::optional<Severity> parse_severity(std::string_view word);
std::optional<Level> parse_level(std::string_view word);
std::optional<Evidence> parse_evidence(std::string_view word);
std::optional<Exposure> parse_exposure(std::string_view word);
std::optional<Extent> parse_extent(std::string_view word);
std::optional<Asks> parse_asks(std::string_view word);

struct Resource {
  std::string name, kind;
  EnvironmentClass environment = EnvironmentClass::unknown;
  std::optional<bool> is_protected;
};

// One destructive operation a credential allows, by the provider's own name.
struct Power {
  std::string operation;
  std::vector<std::string> destroys;
  Evidence evidence = Evidence::assumed;
  std::vector<Resource> resources;
};

struct Reach {
  Level level = Level::unknown;
  Evidence evidence = Evidence::assumed;
  std::string why;       // one clause
  std::string identity;  // empty: not known
  std::vector<std::string> scopes;
  std::vector<Power> powers;
};

// What said which environment a credential belongs to.
enum class EnvironmentSource {
  none,
  place,     // where it stands
  key,       // the name it is assigned to
  names,     // hosts, databases, projects it names
  form,      // the token's own form
  provider,  // an answer
};

struct Environment {
  EnvironmentClass value = EnvironmentClass::unknown;
  EnvironmentSource source = EnvironmentSource::none;
  std::vector<std::string> origins;  // why, one clause each
};

struct Remedy {
  std::string revoke;    // page or menu path
  std::string narrower;  // what to use instead
};

using Facts = std::vector<std::pair<std::string, std::string>>;

// A further secret that the credential is of no use without.
struct CredentialPart {
  std::string rule;
  Secret secret;
  bool is_public = false;  // an account or key id
};

struct Credential {
  std::string id;  // keyed hash of rule and secret: stable across runs
  std::string rule, provider, name;
  Secret secret;      // empty in a saved report that does not show it
  std::string shown;  // how a saved report shows it; else empty
  std::size_t public_prefix =
      0;  // bytes of `secret` that all of its kind share
  Confidence confidence = Confidence::medium;
  std::vector<std::string> reasons;  // for the confidence, one clause each
  Severity severity = Severity::low;
  std::optional<bool> live;
  Reach reach;
  Environment environment;
  Facts facts;
  Remedy remedy;
  std::vector<Place> places;          // sorted; never empty
  std::vector<CredentialPart> parts;  // those that stand near it
};

// Two things that should not meet: a place of one environment and a value of
// another, data and its only backup, an agent nobody asks and a root key.
struct Crossing {
  std::string id;    // of kind, subject and first place; stable across runs
  std::string kind;  // "env/live-key-in-nonprod-config"
  std::string
      message;         // what was seen where, and what can happen; no full stop
  std::string remedy;  // what to change
  Severity severity = Severity::low;
  Confidence confidence = Confidence::low;
  std::vector<std::string> origins;  // why, one clause each
  std::vector<Place> places;         // the first is where to look; never empty
  std::vector<std::string> credentials;  // ids
};

// What a formatter may say about a kind of crossing.
struct CrossingInfo {
  std::string id, title, help, remedy;
};

// What a formatter may say about a rule that fired.
struct RuleInfo {
  std::string id, name, provider, docs, revoke, narrower;
};

struct Contact {
  std::string host;
  std::uint64_t requests = 0;
};

struct Scanned {
  std::uint64_t files = 0, blobs = 0, commits = 0, bytes = 0;
  std::uint64_t lines = 0;  // added lines; counted for a change only
  double seconds = 0;
  std::int64_t started = 0;  // seconds since 1970; 0 when nobody said
};

struct Report {
  std::string version;  // of the program
  std::string rules;    // "<count> rules, <fingerprint>"
  std::string config;   // file of the options that were used; or empty
  std::string target;   // what was scanned, for people: "." or "the index of ."
  std::string root;  // absolute path that places are relative to; may be empty
  // Why there was nothing to scan, a clause: "Nothing is staged".  Else empty.
  std::string nothing;
  bool is_saved = false;  // read back from files: not all is known of it
  bool complete = true;
  std::vector<Problem> problems;
  Scanned scanned;
  std::vector<Contact> contacted;
  std::string plan;  // of --plan: what would be asked, secrets redacted
  std::vector<RuleInfo> rule_infos;          // those that fired, sorted by id
  std::vector<CrossingInfo> crossing_infos;  // the same of crossings
  std::vector<Credential> credentials;       // most dangerous first
  std::vector<Crossing> crossings;           // most dangerous first
  std::size_t hidden = 0;      // below the asked confidence, not in the list
  std::size_t suppressed = 0;  // by a marker in the text
  std::size_t ignored = 0;     // by .gitleaksignore
  std::size_t known = 0;       // by the baseline
  // Lines of the baseline that fit nothing that was found; of a complete scan.
  std::vector<std::string> unused_baseline;
  std::size_t at_gate = 0;  // credentials and crossings that fail the gate
  std::optional<Surroundings> surroundings;  // of `reach`
};

// What a formatter may be told besides the report.
struct OutputOptions {
  bool show_secrets = false;
  bool color = false;
  int width = 80;        // columns of the terminal, or 80
  bool verbose = false;  // text: every place, every reason
  bool quiet = false;    // text: findings only, no summary when there are none
};

// The one way a secret reaches an output.  What a saved report does not hold
// stays redacted.
std::string shown_secret(const Credential& credential,
                         const OutputOptions& options);

}  // namespace overreach
