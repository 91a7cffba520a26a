#include "scanner/git/object_buffer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

#include "scanner/git/inflate.h"
#include "scanner/git/object.h"

namespace overreach {
namespace {

constexpr std::size_t kLarge = std::size_t{4} << 20;
constexpr std::size_t kSpareRoom =
    std::max(kObjectPadding, Inflater::kSpareRoom);
// What one thread keeps to be reused.
constexpr std::size_t kMostKeptBytes = std::size_t{16} << 20;

// Null when there is no room for it.
char* map_nameless_file(std::size_t size) {
  std::error_code error;
  const std::string folder =
      std::filesystem::temp_directory_path(error).string();
  if (error) return nullptr;
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {  // not every file system can
    std::string name = folder + "/overreach.XXXXXX";
    descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor >= 0) ::unlink(name.c_str());
  }
  if (descriptor < 0) return nullptr;
  void* map = MAP_FAILED;
  // Without its room on the disk a write could end the program.
  if (::posix_fallocate(descriptor, 0, static_cast<off_t>(size)) == 0) {
    map = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor,
                 0);
  }
  ::close(descriptor);
  return map == MAP_FAILED ? nullptr : static_cast<char*>(map);
}

}  // namespace

ObjectBuffer::~ObjectBuffer() {
  if (is_mapped_) {
    ::munmap(data_, capacity_);
  } else {
    std::free(data_);
  }
}

ObjectBuffer::ObjectBuffer(ObjectBuffer&& other) noexcept {
  *this = std::move(other);
}

ObjectBuffer& ObjectBuffer::operator=(ObjectBuffer&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  std::swap(is_mapped_, other.is_mapped_);
  return *this;
}

void ObjectBuffer::pad() { std::memset(data_ + size_, 0, kObjectPadding); }

Result<ObjectBuffer> ObjectBuffers::take(std::size_t size) {
  const std::size_t needed = size + kSpareRoom;
  ObjectBuffer buffer;
  if (needed > kLarge) {
    buffer.data_ = map_nameless_file(needed);
    buffer.is_mapped_ = buffer.data_ != nullptr;
    buffer.capacity_ = needed;
  } else if (!free_.empty()) {
    buffer = std::move(free_.back());
    free_.pop_back();
    kept_bytes_ -= buffer.capacity_;
  }
  if (!buffer.is_mapped_ && (!buffer.data_ || buffer.capacity_ < needed)) {
    std::free(std::exchange(buffer.data_, nullptr));
    buffer.capacity_ = needed > kLarge ? needed : needed + needed / 4;
    buffer.data_ = static_cast<char*>(std::malloc(buffer.capacity_));
  }
  if (!buffer.data_) {
    buffer.capacity_ = 0;
    return fail("needs " + std::to_string(needed) +
                " bytes, and there is no room for them");
  }
  buffer.size_ = size;
  buffer.pad();
  return buffer;
}

void ObjectBuffers::give_back(ObjectBuffer buffer) {
  if (buffer.is_mapped_ || !buffer.data_ ||
      kept_bytes_ + buffer.capacity_ > kMostKeptBytes) {
    return;
  }
  kept_bytes_ += buffer.capacity_;
  free_.push_back(std::move(buffer));
}

}  // namespace overreach
