#include "scanner/base/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace overreach {
namespace {

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  constexpr std::size_t kChunk = 1 << 16;
  std::string text;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (descriptor >= 0 && ::fstat(descriptor, &status) == 0 &&
      S_ISREG(status.st_mode)) {
    // What it should be, not what it is: it may grow.
    constexpr off_t kMost = off_t{1} << 30;
    text.reserve(static_cast<std::size_t>(std::min(status.st_size, kMost)) +
                 kChunk);
  }
  ssize_t count = descriptor < 0 ? -1 : 1;
  while (count > 0) {
    const std::size_t size = text.size();
    text.resize(size + kChunk);
    do {
      count = ::read(descriptor, text.data() + size, kChunk);
    } while (count < 0 && errno == EINTR);
    text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  const int cause = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (count == 0) return text;
  return fail(path + ": cannot be read: " + std::strerror(cause));
}

Status replace_file(const std::string& path, std::string_view bytes,
                    mode_t mode) {
  std::string draft = path + ".XXXXXX";
  const int descriptor = ::mkostemp(draft.data(), O_CLOEXEC);
  bool is_good = descriptor >= 0;
  if (is_good) {
    is_good = write_all(descriptor, bytes) && ::fchmod(descriptor, mode) == 0 &&
              ::fsync(descriptor) == 0;
    int cause = errno;
    if (::close(descriptor) != 0 && is_good) {
      cause = errno;
      is_good = false;
    }
    errno = cause;
  }
  if (is_good && std::rename(draft.c_str(), path.c_str()) == 0) return {};
  const int cause = errno;
  if (descriptor >= 0) ::unlink(draft.c_str());
  return fail(path + ": cannot be written: " + std::strerror(cause));
}

}  // namespace overreach
