// One thread of a walk: takes work from the stack until all is done.
#pragma once

#include <atomic>
#include <set>
#include <string>

#include "scanner/walk/ignore.h"
#include "scanner/walk/walk.h"
#include "scanner/walk/walk_tasks.h"

namespace overreach {

// What all workers of one walk share; outlives them.
struct WalkShared {
  const WalkOptions& options;
  Tasks& tasks;
  const IgnoreLevel& excludes;
  // Absolute paths of the targets: each is read as itself only.
  const std::set<std::string>& named;
  Diagnostics& diagnostics;
  const FileConsumer& consumer;
  std::atomic<int> held_folders = 0;
};

void run_walk_worker(int number, WalkShared& shared);

}  // namespace overreach
