// A whole scan: names every stage once, in order.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/core/report.h"
#include "scanner/core/rule.h"
#include "scanner/match/match.h"
#include "scanner/privilege/privilege.h"
#include "scanner/reach/reach.h"

namespace overreach {

// Whether the providers are asked what the credentials may do.
enum class Privileges { offline, plan, ask };

// What the commits of a range add.
struct RangeRequest {
  std::vector<std::string> from;  // the first that is a commit is the base
  std::string to = "HEAD";
  std::vector<std::string> guesses;  // as in RangeOptions
  std::string advice;  // how to fetch what a shallow clone lacks; or empty
  std::string origin;  // who asked for it: "GitHub Actions"; or empty
};

// Everything that any commit of a repository ever held.
struct HistoryRequest {
  bool unreachable = false;  // also what no ref leads to
  bool submodules = false;   // also the histories of its submodules
  // Where what was read is remembered for the next audit; empty: nowhere.  Of
  // one repository only.
  std::string state_file;
};

// What a program started in the one target could read besides its files.
struct ReachRequest {
  std::string home;
  std::optional<ProcessVariables> variables;  // absent: those of this process
};

struct ScanOptions {
  // Paths; "-" is standard input.  For `staged` and `range` what counts of the
  // change; none means all of it.
  std::vector<std::string> targets = {"."};
  bool staged = false;  // what the next commit would add
  std::optional<RangeRequest> range;
  // The targets are repositories, those that are URLs elsewhere.
  std::optional<HistoryRequest> history;
  std::optional<ReachRequest> reach;
  bool include_ignored = false;  // files that Git ignores too
  std::vector<std::string> excludes;
  std::optional<std::uint64_t> max_file_bytes;
  int archive_depth = 1;                // archives in archives; 0: none
  int decode_depth = kDecodeDepth;      // Base64 in Base64; 0: none
  int threads = 0;                      // 0: one per processor
  std::vector<std::string> only, skip;  // globs of rule ids
  Confidence min_confidence = Confidence::medium;
  Level fail_on = Level::none;  // credentials of at least this reach are at
                                // the gate; none: any credential
  // Crossings of at least this severity are at the gate; absent: none are.
  std::optional<Severity> fail_crossings = Severity::high;
  std::string baseline_file;    // what is known and not reported; or empty
  std::string baseline_output;  // where all that is known now goes; or empty
  Privileges privileges = Privileges::offline;
  AskOptions ask;
  // What to ask them; called only when something was found.  Empty: built in.
  std::function<ProviderSet()> providers;
  std::string config_file;  // where some of these stand; or empty
  std::string version;      // of the program
  std::int64_t now = 0;     // seconds since 1970, to judge expiry
};

// Counts while a scan runs, rounded down; read from another thread.
struct Progress {
  std::atomic<std::uint64_t> files{0};
  std::atomic<std::uint64_t> bytes{0};
};

// A URL of a repository, which is only ever read with its whole history.
bool names_repository(const std::string& target);

// Fails only for a target that does not exist or a repository that cannot be
// read; everything smaller is in the report's problems.
Result<Report> scan(const ScanOptions& options, const RuleSet& rules,
                    Progress& progress);

struct CheckOptions {
  std::string text;    // the credential, as it stands in a file or bare
  std::string wanted;  // provider or rule id; empty: found out
  ScanOptions scan;    // of it the privileges, the gate and the time
};

// One credential, as a report.  Fails when the text holds none, or more than
// one that could be meant.
Result<Report> check(const CheckOptions& options, const RuleSet& rules);

// Saved reports -> one: parts of an audit, or audits of several repositories. A
// credential or crossing of several becomes one with all its places, by its id;
// what was asked counts more than what was assumed.  The result is complete
// when all are.  Then hides what is below the confidence of `options` and
// counts what is at its gate.  REQUIRES: at least one report; their targets are
// the names of their files.
// Fails when more than one says what stands around a folder: that is of one
// place on one machine.
Result<Report> merge(std::vector<Report> reports, const ScanOptions& options,
                     const RuleSet& rules);

// Of credentials: severity by reach, environment and confidence (README.md).
Severity severity_of(const Credential& credential);

}  // namespace overreach
