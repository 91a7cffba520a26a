#include "scanner/base/late_close.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <span>

namespace overreach {
namespace {

constexpr std::size_t kMostWaiting = 16;

// Open, in the order in which they were given to close_late().  The system
// gives out the lowest free number: they come in few rows.
struct Waiting {
  bool is_allowed = false;
  std::size_t count = 0;
  std::array<int, kMostWaiting> descriptors;
};

thread_local Waiting waiting;

// The C library's close() asks whether the thread has been cancelled.
void close_now(int descriptor) { ::syscall(SYS_close, descriptor); }

void close_row(int first, int last) {
  if (first == last) return close_now(first);
  // Older kernels do not have it, and some sandboxes refuse it.
  if (::syscall(SYS_close_range, first, last, 0) != 0) {
    for (int i = first; i <= last; ++i) close_now(i);
  }
}

}  // namespace

LateClosing::LateClosing() { waiting.is_allowed = true; }

LateClosing::~LateClosing() {
  close_waiting();
  waiting.is_allowed = false;
}

void close_late(int descriptor) {
  if (!waiting.is_allowed) return close_now(descriptor);
  waiting.descriptors[waiting.count++] = descriptor;
  if (waiting.count == kMostWaiting) close_waiting();
}

void close_waiting() {
  const std::span all(waiting.descriptors.data(), waiting.count);
  for (std::size_t i = 0; i < all.size();) {
    std::size_t last = i;
    while (last + 1 < all.size() && all[last + 1] == all[last] + 1) ++last;
    close_row(all[i], all[last]);
    i = last + 1;
  }
  waiting.count = 0;
}

}  // namespace overreach
