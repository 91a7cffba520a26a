// A file as bytes in memory, paged in by the kernel when they are touched.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

// Read-only.  The file must not shrink while it is mapped.
class MappedFile {
 public:
  MappedFile() = default;  // empty
  // "<path>: <cause>" for what is no readable regular file.
  static Result<MappedFile> open(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::string_view bytes() const { return {data_, size_}; }

  // What was touched leaves this process' memory, and comes back when it is
  // touched again.  Others may be reading.
  void let_go() const;
  // That these bytes will all be read: maps them at once instead of page by
  // page.  REQUIRES: begin <= end <= size
  void bring_in(std::size_t begin, std::size_t end) const;

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace overreach
