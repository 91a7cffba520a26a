// What stands around the scanned folder, as part of a scan: reads the stores of
// the home folder and the process environment, then says what was found there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/core/labelled_file.h"
#include "scanner/core/report.h"
#include "scanner/pipeline/pipeline.h"
#include "scanner/pipeline/worker.h"
#include "scanner/reach/reach.h"

namespace overreach {

class ReachScan {
 public:
  // Fails when the target or the home folder is no folder.
  static Result<ReachScan> begin(const ScanOptions& options,
                                 Diagnostics& diagnostics);

  // Reads all that stands around on the workers' threads.
  void read(Diagnostics& diagnostics,
            std::vector<std::unique_ptr<Worker>>& workers) const;

  // What stands around, but for what was found there.  `files` are all that
  // were read, sorted by path.
  Surroundings surroundings(const std::vector<LabelledFile>& files) const;

  // Whether a path below the target was read as a store already.
  bool has_read(std::string_view path) const;

 private:
  explicit ReachScan(Standpoint standpoint)
      : standpoint_(std::move(standpoint)) {}

  Standpoint standpoint_;
  std::vector<StoreFile> files_;
  // Of the stores, those that lie in the target; relative to it, sorted.
  std::vector<std::string> inside_;
};

// Says of each store which of the credentials stand in it, and puts those that
// hold most first.
void add_contents(const std::vector<Credential>& credentials,
                  Surroundings& surroundings);

}  // namespace overreach
