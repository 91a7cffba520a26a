// zlib data -> bytes.  Whole objects through libdeflate, which is several times
// faster than zlib but needs to know the size; parts of large ones through
// zlib.  An object of either class belongs to one thread.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

struct libdeflate_decompressor;
struct z_stream_s;

namespace overreach {

// Deflate cannot do better: what claims more is broken or hostile.
constexpr std::size_t most_inflated(std::size_t packed_bytes) {
  return packed_bytes * 1032 + 64;
}

class Inflater {
 public:
  Inflater();

  // `packed` begins with the data; what follows it is ignored.  Fails unless
  // exactly `size` bytes come out and their checksum holds.  There may be
  // `room` for more than that, which then means nothing: libdeflate is slow in
  // the last 300 bytes of the room it is given, which is all of a small object.
  static constexpr std::size_t kSpareRoom = 320;
  Status inflate(std::string_view packed, char* out, std::size_t size,
                 std::size_t room);
  Status inflate(std::string_view packed, char* out, std::size_t size) {
    return inflate(packed, out, size, size);
  }

 private:
  struct Free {
    void operator()(libdeflate_decompressor* decompressor) const;
  };
  // The second is for data that begins with Deflate's own codes, as most small
  // objects do: their tables are made once and stay, while codes that come with
  // the data have theirs made anew each time.
  std::array<std::unique_ptr<libdeflate_decompressor, Free>, 2> decompressors_;
};

class InflateStream {
 public:
  // `packed` begins with the data and must outlive this object.
  explicit InflateStream(std::string_view packed);
  ~InflateStream();
  InflateStream(const InflateStream&) = delete;
  InflateStream& operator=(const InflateStream&) = delete;

  void restart(std::string_view packed);

  // Fills `out` as far as there are bytes; fewer at the end only.
  Result<std::size_t> read(char* out, std::size_t size);

 private:
  std::unique_ptr<z_stream_s> stream_;
  std::string_view rest_;  // not yet given to zlib
  bool is_at_end_ = false;
};

}  // namespace overreach
