// The content of a large object, inflated part by part.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "scanner/git/inflate.h"
#include "scanner/git/object.h"

namespace overreach {

// Blobs that nothing is a difference to are read in parts from here on.
inline constexpr std::uint64_t kStreamedBytes = std::uint64_t{4} << 20;

class StoredStream : public ObjectStream {
 public:
  // The content are `size` bytes behind the first `head` ones.
  StoredStream(std::string_view packed, std::size_t head, std::uint64_t size)
      : stream_(packed), head_(head), left_(size) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (head_ > 0) {
      std::array<char, 64> head;
      TRY_ASSIGN(const std::size_t count,
                 stream_.read(head.data(), std::min(head.size(), head_)));
      if (count == 0) break;
      head_ -= count;
    }
    TRY_ASSIGN(const std::size_t count, stream_.read(buffer, size));
    if (count > left_) return fail("holds more bytes than it says");
    if (count < size && count < left_) {
      return fail("holds fewer bytes than it says");
    }
    left_ -= count;
    return count;
  }

 private:
  InflateStream stream_;
  std::size_t head_;
  std::uint64_t left_;
};

}  // namespace overreach
