// Shows on a terminal how far a scan is; wiped before the report.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "scanner/pipeline/pipeline.h"

namespace overreach {

class ProgressLine {
 public:
  // Keeps a reference to `progress`; does nothing unless `shown`.
  ProgressLine(const Progress& progress, bool shown);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void show();

  const Progress& progress_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;  // guarded by mutex_
  bool drawn_ = false;
  std::thread thread_;
};

}  // namespace overreach
