#include "scanner/read/reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "scanner/base/line_count.h"
#include "scanner/read/decode.h"
#include "scanner/read/descriptor.h"

namespace overreach {
namespace {

constexpr std::size_t kFirstBytes = 256 * 1024;
// A window stays in the cache while it is matched.
constexpr std::size_t kMostBytes = 1024 * 1024;
constexpr std::size_t kPage = 4096;  // the system's are as large or larger
constexpr std::size_t kOverlapBytes = 32 * 1024;

std::string cause(int error) {
  return std::string("cannot be read: ") + std::strerror(error);
}

Result<std::size_t> read_from(int descriptor, char* buffer, std::size_t room) {
  while (true) {
    const ssize_t count = read_uncancelled(descriptor, buffer, room);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return fail(std::strerror(errno));
  }
}

// Where the next window begins: behind a line end, not far before the end.
std::size_t overlap_begin(std::string_view bytes, std::size_t unit) {
  if (bytes.size() <= kOverlapBytes) return 0;
  const std::size_t from = (bytes.size() - kOverlapBytes) / unit * unit;
  if (unit > 1) return from;
  const std::size_t line = bytes.find('\n', from);
  // A line that is longer than the overlap is cut anywhere.
  return line == bytes.npos || line + 1 == bytes.size() ? from : line + 1;
}

std::size_t unit_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16_le:
    case Encoding::utf16_be:
      return 2;
    case Encoding::utf32_le:
    case Encoding::utf32_be:
      return 4;
    default:
      return 1;
  }
}

// How many bytes of the window the raw bytes become.
std::size_t decoded_size(std::string_view bytes, Encoding encoding) {
  return unit_of(encoding) > 1 ? to_utf8(bytes, encoding).size() : bytes.size();
}

void move_start(Window& window, std::string_view passed) {
  const std::size_t lines = count_line_breaks(passed);
  if (lines > 0) {
    window.first_line += static_cast<std::uint32_t>(lines);
    window.first_column =
        static_cast<std::uint32_t>(passed.size() - passed.rfind('\n'));
  } else {
    window.first_column += static_cast<std::uint32_t>(passed.size());
  }
}

// The bytes of a file that nobody else reads, from its begin on.
class OpenFile {
 public:
  explicit OpenFile(const OpenedSource& opened)
      : descriptor_(opened.descriptor), is_paged_(opened.is_paged) {}

  Result<std::size_t> read(char* buffer, std::size_t room) {
    if (at_end_) return 0;
    TRY_ASSIGN(const std::size_t count, read_from(descriptor_, buffer, room));
    total_ += static_cast<off_t>(count);
    at_end_ = count > 0 && count < room && is_whole();
    return count;
  }

 private:
  // Whether all was read: another read() for nothing takes longer.  From the
  // page cache what could not be had is whole pages; elsewhere the size tells,
  // though of a pipe, a device or /proc it says nothing or less.
  bool is_whole() const {
    if (is_paged_ && total_ % kPage != 0) return true;
    const off_t size = ::lseek(descriptor_, 0, SEEK_END);
    if (size >= 0 && size != total_) ::lseek(descriptor_, total_, SEEK_SET);
    return size == total_;
  }

  const int descriptor_;
  const bool is_paged_;
  off_t total_ = 0;
  bool at_end_ = false;
};

}  // namespace

Reader::Reader(const ReadOptions& options) : options_(options) {}

Reader::~Reader() { std::free(buffer_); }

bool Reader::grow(std::size_t bytes) {
  if (bytes <= capacity_) return true;
  // On pages, which the system copies to and vectors load from sooner.
  const std::size_t pages = (bytes + kReadPadding + kPage - 1) / kPage;
  char* const larger =
      static_cast<char*>(std::aligned_alloc(kPage, pages * kPage));
  if (!larger) return false;
  if (buffer_) std::memcpy(larger, buffer_, capacity_);
  std::free(buffer_);
  buffer_ = larger;
  capacity_ = bytes;
  return true;
}

std::optional<std::uint64_t> Reader::read_file(const FileSource& file,
                                               Diagnostics& diagnostics,
                                               const WindowConsumer& consumer) {
  const OpenedSource opened = open_source(file);
  const Descriptor descriptor(opened.descriptor);
  if (descriptor.get() < 0) {
    if (errno == ENOENT || errno == ELOOP) {
      diagnostics.left_out(file.path, "removed or replaced meanwhile");
    } else {
      diagnostics.incomplete(file.path, cause(errno));
    }
    return std::nullopt;
  }
  if (options_.max_file_bytes) {
    struct stat status;
    if (::fstat(descriptor.get(), &status) == 0 &&
        static_cast<std::uint64_t>(status.st_size) > *options_.max_file_bytes) {
      diagnostics.left_out(file.path, larger_than(*options_.max_file_bytes));
      return std::nullopt;
    }
  }
  OpenFile bytes(opened);
  return read_bytes(
      [&](char* buffer, std::size_t room) { return bytes.read(buffer, room); },
      file.path, diagnostics, consumer);
}

std::optional<std::uint64_t> Reader::read_descriptor(
    int descriptor, std::string_view path, Diagnostics& diagnostics,
    const WindowConsumer& consumer) {
  return read_bytes(
      [descriptor](char* buffer, std::size_t room) {
        return read_from(descriptor, buffer, room);
      },
      path, diagnostics, consumer);
}

std::optional<std::uint64_t> Reader::read_bytes(
    const ByteSource& source, std::string_view path, Diagnostics& diagnostics,
    const WindowConsumer& consumer) {
  if (!grow(kFirstBytes)) {
    diagnostics.incomplete(path, "cannot be read: out of memory");
    return std::nullopt;
  }
  std::uint64_t total = 0;
  std::size_t size = 0;  // bytes in the buffer
  Window window;
  std::optional<Encoding> encoding;
  std::size_t seen = 0;  // raw bytes of the buffer that were in a window before
  while (true) {
    if (size == capacity_ && capacity_ < kMostBytes &&
        !grow(std::min(capacity_ * 4, kMostBytes))) {
      diagnostics.incomplete(path, "cannot be read: out of memory");
      return std::nullopt;
    }
    if (size == capacity_) {
      // A full window of a large file.
      const std::string_view bytes(buffer_, size);
      if (!encoding) encoding = detect_encoding(bytes);
      const std::size_t next = overlap_begin(bytes, unit_of(*encoding));
      window.seen_bytes = decoded_size(bytes.substr(0, seen), *encoding);
      window.goes_on = true;
      window.is_binary = *encoding == Encoding::binary;
      window.is_decoded = unit_of(*encoding) > 1;
      // The padding behind a full buffer holds no text.
      std::memset(buffer_ + size, 0, kReadPadding);
      if (unit_of(*encoding) > 1) {
        const std::string text = to_utf8(bytes, *encoding);
        deliver(text, window, consumer);
        move_start(window, to_utf8(bytes.substr(0, next), *encoding));
      } else {
        consumer({bytes, window.is_binary, window.first_line,
                  window.first_column, seen, window.goes_on});
        move_start(window, bytes.substr(0, next));
      }
      std::memmove(buffer_, buffer_ + next, size - next);
      size -= next;
      seen = size;
    }
    const auto count = source(buffer_ + size, capacity_ - size);
    if (!count) {
      diagnostics.incomplete(path, "cannot be read: " + count.error().text);
      break;
    }
    if (*count == 0) break;
    size += *count;
    total += *count;
  }
  if (size == 0) return total;
  const std::string_view bytes(buffer_, size);
  if (!encoding) encoding = detect_encoding(bytes);
  std::memset(buffer_ + size, 0, kReadPadding);
  window.is_binary = *encoding == Encoding::binary;
  window.is_decoded = unit_of(*encoding) > 1;
  window.goes_on = false;
  if (unit_of(*encoding) > 1) {
    window.seen_bytes = decoded_size(bytes.substr(0, seen), *encoding);
    deliver(to_utf8(bytes, *encoding), window, consumer);
  } else {
    consumer({bytes, window.is_binary, window.first_line, window.first_column,
              seen});
  }
  return total;
}

void Reader::deliver(std::string_view bytes, Window& window,
                     const WindowConsumer& consumer) {
  std::string padded(bytes);
  padded.append(kReadPadding, '\0');
  window.bytes = std::string_view(padded).substr(0, bytes.size());
  consumer(window);
}

void Reader::read_text(std::string_view text, const WindowConsumer& consumer) {
  Window window;
  const Encoding encoding = detect_encoding(text);
  window.is_binary = encoding == Encoding::binary;
  window.is_decoded = unit_of(encoding) > 1;
  if (window.is_decoded) {
    deliver(to_utf8(text, encoding), window, consumer);
  } else {
    deliver(text, window, consumer);
  }
}

void Reader::read_padded_text(std::string_view text,
                              const WindowConsumer& consumer) {
  const Encoding encoding = detect_encoding(text);
  if (unit_of(encoding) > 1) return read_text(text, consumer);
  Window window;
  window.bytes = text;
  window.is_binary = encoding == Encoding::binary;
  consumer(window);
}

}  // namespace overreach
