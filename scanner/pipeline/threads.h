// How many threads a scan has.
#pragma once

#include <algorithm>
#include <thread>

#include "scanner/pipeline/pipeline.h"

namespace overreach {

inline int thread_count(const ScanOptions& options) {
  if (options.threads > 0) return options.threads;
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

}  // namespace overreach
