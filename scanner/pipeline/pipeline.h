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
#include "scanner/privilege/privilege.h"

namespace overreach {

// Whether the providers are asked what the credentials may do.
enum class Privileges { offline, plan, ask };

struct ScanOptions {
  // Paths; "-" is standard input.  For `staged` what counts of the change;
  // none means all of it.
  std::vector<std::string> targets = {"."};
  bool staged = false;           // what the next commit would add
  bool include_ignored = false;  // files that Git ignores too
  std::vector<std::string> excludes;
  std::optional<std::uint64_t> max_file_bytes;
  int threads = 0;                      // 0: one per processor
  std::vector<std::string> only, skip;  // globs of rule ids
  Confidence min_confidence = Confidence::medium;
  Level fail_on = Level::none;  // credentials of at least this reach are at
                                // the gate; none: any credential
  // Crossings of at least this severity are at the gate; absent: none are.
  std::optional<Severity> fail_crossings = Severity::high;
  Privileges privileges = Privileges::offline;
  AskOptions ask;
  // What to ask them; called only when something was found.  Empty: built in.
  std::function<ProviderSet()> providers;
  std::string version;   // of the program
  std::int64_t now = 0;  // seconds since 1970, to judge expiry
};

// Counts while a scan runs; read from another thread.
struct Progress {
  std::atomic<std::uint64_t> files{0};
  std::atomic<std::uint64_t> bytes{0};
  std::atomic<std::uint64_t> found{0};
};

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

// Of credentials: severity by reach, environment and confidence (README.md).
Severity severity_of(const Credential& credential);

}  // namespace overreach
