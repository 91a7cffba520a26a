#include "scanner/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace overreach {
namespace {

tl::unexpected<Error> failed(const std::string& path, int error) {
  return fail(path + ": " + std::strerror(error));
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::string& path) {
  const int descriptor =
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (descriptor < 0) return failed(path, errno);
  struct stat status;
  if (::fstat(descriptor, &status) != 0) {
    const int error = errno;
    ::close(descriptor);
    return failed(path, error);
  }
  if (!S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return fail(path + ": not a regular file");
  }
  MappedFile file;
  file.size_ = static_cast<std::size_t>(status.st_size);
  if (file.size_ > 0) {
    void* const map =
        ::mmap(nullptr, file.size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (map == MAP_FAILED) {
      const int error = errno;
      file.size_ = 0;
      ::close(descriptor);
      return failed(path, error);
    }
    file.data_ = static_cast<const char*>(map);
  }
  ::close(descriptor);
  return file;
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
}

void MappedFile::let_go() const {
  if (data_) ::madvise(const_cast<char*>(data_), size_, MADV_DONTNEED);
}

void MappedFile::bring_in(std::size_t begin, std::size_t end) const {
  // A kernel that cannot, or a file that cannot be read, says so by itself
  // later.
  begin -= begin % static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  if (begin < end) {
    ::madvise(const_cast<char*>(data_) + begin, end - begin,
              MADV_POPULATE_READ);
  }
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

}  // namespace overreach
