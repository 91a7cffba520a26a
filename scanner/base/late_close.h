// Descriptors closed some at a time: close_range(2) closes numbers that follow
// each other in one call, where ten thousand files a second are closed.
#pragma once

namespace overreach {

// While it lives, close_late() of its thread waits for others; what waits is
// closed with it.  At most one in a thread, which must be the one that ends it.
class LateClosing {
 public:
  LateClosing();
  ~LateClosing();
  LateClosing(const LateClosing&) = delete;
  LateClosing& operator=(const LateClosing&) = delete;
};

// Closes an open descriptor of the calling thread, now or soon: at once where
// no LateClosing lives.  Nothing else may close it.
void close_late(int descriptor);

// Closes what waits in the calling thread: before descriptors run out.
void close_waiting();

}  // namespace overreach
