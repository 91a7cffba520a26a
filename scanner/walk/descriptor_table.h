// Descriptors are numbers in a table, which the threads of a process share, and
// with it the lock that every open and every close takes.  Workers that open
// and close some ten thousand files a second each get a table of their own
// where the system allows it (unshare(2)): a number then means nothing to
// another thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace overreach {

// Safe to call from any thread.
class DescriptorTable {
 public:
  static const std::shared_ptr<DescriptorTable>& of_this_thread();

  // Gives the calling thread a copy of the table it has, until it ends: what is
  // open stays so, under the same number.  False, and nothing is done, where
  // that is refused.
  static bool leave_shared();

  // Closes it at once in the thread whose table this is; from any other one it
  // is given back.
  void close(int descriptor);

  // For the thread whose table this is, now and then.
  void close_given_back();

 private:
  std::mutex mutex_;
  std::vector<int> given_back_;  // guarded by mutex_
  std::atomic<bool> has_any_ = false;
};

}  // namespace overreach
