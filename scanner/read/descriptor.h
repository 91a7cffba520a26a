// An open file, closed by its owner.
#pragma once

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "scanner/core/source.h"

namespace overreach {

// The same as the C library's, where a thread can be cancelled in the middle:
// none of ours is, and to allow it takes two locked instructions each time.
inline int open_uncancelled(int folder, const char* name, int flags) {
  return static_cast<int>(
      ::syscall(SYS_openat, folder, name, flags | O_LARGEFILE, 0));
}
inline ssize_t read_uncancelled(int file, char* buffer, std::size_t room) {
  return ::syscall(SYS_read, file, buffer, room);
}
inline void close_uncancelled(int file) { ::syscall(SYS_close, file); }

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) close_uncancelled(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }  // negative: not open, errno says why

 private:
  const int value_;
};

// What the walk found may have become a FIFO since: not blocking.  What the
// user named may be one on purpose: <(command).
inline int open_source(const FileSource& file) {
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NOCTTY;
  const int found = file.directory == AT_FDCWD ? 0 : O_NOFOLLOW | O_NONBLOCK;
  return open_uncancelled(file.directory, file.name, kFlags | found);
}

}  // namespace overreach
