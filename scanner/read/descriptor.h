// Files to be read: opened and closed ten thousand times a second.
#pragma once

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "scanner/base/late_close.h"
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

// Only what lies in the folder's own file system; negative, too, where the
// system cannot tell.
inline int open_in_file_system(int folder, const char* name, int flags) {
  open_how how{};
  how.flags = static_cast<decltype(how.flags)>(flags | O_LARGEFILE);
  how.resolve = RESOLVE_NO_XDEV;
  return static_cast<int>(
      ::syscall(SYS_openat2, folder, name, &how, sizeof how));
}

// An open file, closed by its owner or soon after.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) close_late(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }  // negative: not open, errno says why

 private:
  const int value_;
};

// A file as it was opened.
struct OpenedSource {
  int descriptor;         // negative: errno says why
  bool is_paged = false;  // as in FileSource, and the file as well
};

// What the walk found may have become a FIFO since: not blocking.  What the
// user named may be one on purpose: <(command).
inline OpenedSource open_source(const FileSource& file) {
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NOCTTY;
  const int found = file.directory == AT_FDCWD ? 0 : O_NOFOLLOW | O_NONBLOCK;
  const int flags = kFlags | found;
  if (file.is_paged) {
    const int opened = open_in_file_system(file.directory, file.name, flags);
    if (opened >= 0) return {opened, true};
  }
  close_waiting();  // there may be too many
  return {open_uncancelled(file.directory, file.name, flags)};
}

}  // namespace overreach
