#include "scanner/cli/progress_line.h"

#include <chrono>
#include <cstdio>

namespace overreach {

ProgressLine::ProgressLine(const Progress& progress, bool shown)
    : progress_(progress) {
  if (shown) thread_ = std::thread([this] { show(); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_one();
  thread_.join();
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::milliseconds(200),
                         [this] { return done_; })) {
    std::fprintf(stderr, "\r\x1b[K%llu files, %.1f MB",
                 static_cast<unsigned long long>(progress_.files.load()),
                 static_cast<double>(progress_.bytes.load()) / 1e6);
    std::fflush(stderr);
    drawn_ = true;
  }
}

}  // namespace overreach
