// An open file, closed by its owner.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include "scanner/core/source.h"

namespace overreach {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
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
  return ::openat(file.directory, file.name, kFlags | found);
}

}  // namespace overreach
