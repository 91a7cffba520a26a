#include "scanner/base/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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
