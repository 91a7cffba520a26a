#include "scanner/git/inflate.h"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <new>

namespace overreach {
namespace {

// Whether the first block behind the two bytes of zlib's head says so.
bool begins_with_fixed_codes(std::string_view packed) {
  return packed.size() > 2 && (packed[2] >> 1 & 3) == 1;
}

}  // namespace

Inflater::Inflater() {
  for (auto& decompressor : decompressors_) {
    decompressor.reset(libdeflate_alloc_decompressor());
    if (!decompressor) throw std::bad_alloc();
  }
}

void Inflater::Free::operator()(libdeflate_decompressor* decompressor) const {
  libdeflate_free_decompressor(decompressor);
}

Status Inflater::inflate(std::string_view packed, char* out, std::size_t size,
                         std::size_t room) {
  std::size_t taken = 0, written = 0;
  // A buffer of no bytes has no address that libdeflate would like.
  char none;
  auto& decompressor = decompressors_[begins_with_fixed_codes(packed) ? 1 : 0];
  switch (libdeflate_zlib_decompress_ex(decompressor.get(), packed.data(),
                                        packed.size(), room == 0 ? &none : out,
                                        room, &taken, &written)) {
    case LIBDEFLATE_SUCCESS:
      if (written == size) return {};
      if (written < size) return fail("holds fewer bytes than it says");
      [[fallthrough]];
    case LIBDEFLATE_INSUFFICIENT_SPACE:
      return fail("holds more bytes than it says");
    default:
      return fail("its compressed data is broken or cut off");
  }
}

InflateStream::InflateStream(std::string_view packed)
    : stream_(std::make_unique<z_stream>()) {
  if (inflateInit(stream_.get()) != Z_OK) throw std::bad_alloc();
  restart(packed);
}

InflateStream::~InflateStream() { inflateEnd(stream_.get()); }

void InflateStream::restart(std::string_view packed) {
  inflateReset(stream_.get());
  stream_->avail_in = 0;
  rest_ = packed;
  is_at_end_ = false;
}

Result<std::size_t> InflateStream::read(char* out, std::size_t size) {
  constexpr std::size_t kMostAtOnce = std::size_t{1}
                                      << 30;  // counts are 32 bit
  std::size_t done = 0;
  while (done < size && !is_at_end_) {
    if (stream_->avail_in == 0) {
      const std::size_t next = std::min(rest_.size(), kMostAtOnce);
      stream_->next_in =
          reinterpret_cast<Bytef*>(const_cast<char*>(rest_.data()));
      stream_->avail_in = static_cast<uInt>(next);
      rest_.remove_prefix(next);
    }
    const std::size_t room = std::min(size - done, kMostAtOnce);
    stream_->next_out = reinterpret_cast<Bytef*>(out + done);
    stream_->avail_out = static_cast<uInt>(room);
    const int result = ::inflate(stream_.get(), Z_NO_FLUSH);
    done += room - stream_->avail_out;
    if (result == Z_STREAM_END) {
      is_at_end_ = true;
    } else if (result != Z_OK) {
      return fail("its compressed data is broken or cut off");
    }
  }
  return done;
}

}  // namespace overreach
