// The history of repositories as part of a scan: reads it, then gives what was
// found its true places.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/history/history.h"
#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/pipeline/worker.h"

namespace overreach {

class HistoryScan {
 public:
  // Keeps references to all of them.
  HistoryScan(const ScanOptions& options, const RuleSet& rules,
              Diagnostics& diagnostics,
              std::vector<std::unique_ptr<Worker>>& workers)
      : options_(options),
        rules_(rules),
        diagnostics_(diagnostics),
        workers_(workers) {}

  // Reads one repository and leaves in the workers what was found, with a place
  // for each path that ever held it and the commit that brought it there.
  // `prefix` is put before all paths: empty or ending in '/'.
  Status read(const std::string& repository, const std::string& prefix);

  // Remembers what was read, when that was asked for.
  Status save_state() const;

  const std::string& root() const { return root_; }  // of the first
  const HistoryCounts& counts() const { return counts_; }

  // Of a credential's places at one path, one for each version of the file,
  // the first counts.  What HEAD and the refs have is joined.
  void settle(std::vector<Credential>& credentials) const;

 private:
  struct Seen {
    std::size_t order;
    std::optional<bool> in_head;
    std::size_t first_ref;   // place in ref_names_ of
    std::vector<bool> refs;  // those of its repository
  };
  // By path and commit; a commit has one content at one path.
  using SeenKey = std::pair<std::string, std::string>;

  std::vector<Occurrence> take_found();
  std::string state_key() const;
  void place(History& history, const std::string& prefix,
             std::vector<Occurrence> found);
  void place_one(const Occurrence& occurrence, const Appearance& appearance,
                 const std::string& prefix);
  void join(std::vector<Place>& places) const;

  const ScanOptions& options_;
  const RuleSet& rules_;
  Diagnostics& diagnostics_;
  std::vector<std::unique_ptr<Worker>>& workers_;
  std::string root_;
  HistoryCounts counts_;
  HistoryState state_;  // for the next audit
  std::map<SeenKey, Seen> seen_;
  std::vector<std::string> ref_names_;  // of all repositories
  std::vector<Occurrence> placed_;      // of the repository that is being read
};

}  // namespace overreach
