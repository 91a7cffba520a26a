// The history of repositories as part of a scan: reads it, then gives what was
// found its true places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/history/history.h"
#include "scanner/pipeline/credentials.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/pipeline/sightings.h"
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

  // Reads one repository and leaves in the workers what was found: of a secret
  // in the versions of a file the one that brought it, and whether HEAD and
  // which refs have any of them.
  // `prefix` is put before all paths: empty or ending in '/'.
  Status read(const std::string& repository, const std::string& prefix);

  // Remembers what was read, when that was asked for and can be.
  Status save_state() const;

  const std::string& root() const { return root_; }  // of the first
  const HistoryCounts& counts() const { return counts_; }

 private:
  std::vector<Occurrence> take_found();
  std::string state_key() const;
  Sightings read_all(History& history);
  void place(History& history, const std::string& prefix, Sightings sightings);
  void remember(const Sightings& sightings, std::uint32_t sighting,
                std::vector<Place> places);
  void remember_problems(const History& history, const Sightings& sightings);
  Status place_known(const History& history, Sightings sightings);
  // Adds what is found in the blob `key` as the file `path`; false when it
  // cannot be read.
  bool scan_whole(const History& history, const std::string& key,
                  const std::string& path, Sightings& sightings);

  const ScanOptions& options_;
  const RuleSet& rules_;
  Diagnostics& diagnostics_;
  std::vector<std::unique_ptr<Worker>>& workers_;
  std::string root_;
  HistoryCounts counts_;
  bool keeps_state_ = false;
  HistoryState state_;              // for the next audit
  std::vector<Occurrence> placed_;  // of all repositories
  std::uint32_t groups_ = 0;        // of candidates that belong together
  std::future<void> closing_;       // of what was read
};

}  // namespace overreach
