// Bytes that come only once, whose first ones are wanted twice.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>

#include "scanner/read/reader.h"

namespace overreach {

class Peek {
 public:
  // Reads the first bytes.  Keeps a reference to `source`.
  explicit Peek(const ByteSource& source) : source_(source) {
    while (size_ < first_.size() && !failed_) {
      const auto count = source_(first_.data() + size_, first_.size() - size_);
      if (!count) failed_ = count.error();
      if (!count || *count == 0) break;
      size_ += *count;
    }
  }
  Peek(const Peek&) = delete;
  Peek& operator=(const Peek&) = delete;

  std::string_view first() const { return {first_.data(), size_}; }

  // As a ByteSource: all bytes, the first ones again.
  Result<std::size_t> read(char* buffer, std::size_t size) {
    if (given_ == size_) {
      if (failed_) return tl::make_unexpected(*failed_);
      return source_(buffer, size);
    }
    const std::size_t count = std::min(size, size_ - given_);
    std::memcpy(buffer, first_.data() + given_, count);
    given_ += count;
    return count;
  }

 private:
  const ByteSource& source_;
  std::array<char, 512> first_;  // a tar says what it is behind 257
  std::size_t size_ = 0, given_ = 0;
  std::optional<Error> failed_;
};

}  // namespace overreach
