#include "scanner/walk/descriptor_table.h"

#include <sched.h>
#include <unistd.h>

namespace overreach {
namespace {

std::shared_ptr<DescriptorTable>& table_of_this_thread() {
  static const auto shared = std::make_shared<DescriptorTable>();
  thread_local std::shared_ptr<DescriptorTable> own = shared;
  return own;
}

// ThreadSanitizer takes a number for the same file in all threads.
bool may_leave() {
#ifdef __SANITIZE_THREAD__
  return false;
#else
  return ::unshare(CLONE_FILES) == 0;
#endif
}

}  // namespace

const std::shared_ptr<DescriptorTable>& DescriptorTable::of_this_thread() {
  return table_of_this_thread();
}

bool DescriptorTable::leave_shared() {
  const bool has_left = may_leave();
  if (has_left) table_of_this_thread() = std::make_shared<DescriptorTable>();
  return has_left;
}

void DescriptorTable::close(int descriptor) {
  if (of_this_thread().get() == this) {
    ::close(descriptor);
    return;
  }
  const std::lock_guard lock(mutex_);
  given_back_.push_back(descriptor);
  has_any_.store(true, std::memory_order_relaxed);
}

void DescriptorTable::close_given_back() {
  if (!has_any_.load(std::memory_order_relaxed)) return;
  const std::lock_guard lock(mutex_);
  for (const int descriptor : given_back_) ::close(descriptor);
  given_back_.clear();
  has_any_.store(false, std::memory_order_relaxed);
}

}  // namespace overreach
