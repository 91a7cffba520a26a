// Memory for the bytes of objects.  Small ones come from the heap and are
// reused; large ones are backed by a file without a name in the folder for
// temporary files where there is room for it, so that what a process holds in
// memory stays flat.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace overreach {

class ObjectBuffer {
 public:
  ObjectBuffer() = default;  // of no bytes
  ~ObjectBuffer();
  ObjectBuffer(ObjectBuffer&& other) noexcept;
  ObjectBuffer& operator=(ObjectBuffer&& other) noexcept;

  char* data() { return data_; }
  std::string_view bytes() const { return {data_, size_}; }
  // From data() on: the bytes, kObjectPadding and more.
  std::size_t room() const { return capacity_; }
  // Writes the zeros behind the bytes anew.
  void pad();

 private:
  friend class ObjectBuffers;

  char* data_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;  // capacity with the padding
  bool is_mapped_ = false;
};

// Hands buffers out and takes them back.  Belongs to one thread.
class ObjectBuffers {
 public:
  // Of `size` bytes that mean nothing yet, and zeros behind them.
  Result<ObjectBuffer> take(std::size_t size);
  void give_back(ObjectBuffer buffer);

 private:
  std::vector<ObjectBuffer> free_;
  std::size_t kept_bytes_ = 0;  // in free_
};

}  // namespace overreach
