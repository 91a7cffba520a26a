// Bytes of a file, as text to be matched.  A Reader belongs to one thread and
// reuses its buffer; a file larger than the buffer comes in windows that
// overlap, so memory stays flat.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/core/diagnostics.h"
#include "scanner/core/source.h"

namespace overreach {

struct ReadOptions {
  std::optional<std::uint64_t> max_file_bytes;  // larger files are left out
};

// A part of a file, or all of it.  Valid during the call only.
struct Window {
  std::string_view bytes;  // UTF-8 or bytes as they are; zeros follow the end
  bool is_binary = false;
  std::uint32_t first_line = 1;  // number of the first line
  std::uint32_t first_column = 1;
  // What ends before this offset was in the window before.
  std::size_t seen_bytes = 0;
  // More follows: what ends with the window may go on, and is in the next one.
  bool goes_on = false;
  bool is_decoded = false;  // from UTF-16 or UTF-32
};

using WindowConsumer = std::function<void(const Window&)>;

// Fills the buffer as far as there are bytes; 0 at the end.  What goes wrong is
// said as "cannot be read: ...".
using ByteSource =
    std::function<Result<std::size_t>(char* buffer, std::size_t size)>;

inline constexpr std::size_t kReadPadding = 128;

class Reader {
 public:
  explicit Reader(const ReadOptions& options);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // Reads one file.  What cannot be read goes to the diagnostics.  Returns the
  // bytes read, before decoding; nothing when the file was not read at all.
  std::optional<std::uint64_t> read_file(const FileSource& file,
                                         Diagnostics& diagnostics,
                                         const WindowConsumer& consumer);

  // The same for an open descriptor, for example standard input.
  std::optional<std::uint64_t> read_descriptor(int descriptor,
                                               std::string_view path,
                                               Diagnostics& diagnostics,
                                               const WindowConsumer& consumer);

  // The same for bytes that come piece by piece.
  std::optional<std::uint64_t> read_bytes(const ByteSource& source,
                                          std::string_view path,
                                          Diagnostics& diagnostics,
                                          const WindowConsumer& consumer);

  // For text in memory.
  void read_text(std::string_view text, const WindowConsumer& consumer);
  // The same for text behind which kReadPadding zeros can be read: it is not
  // copied.
  void read_padded_text(std::string_view text, const WindowConsumer& consumer);

 private:
  void deliver(std::string_view bytes, Window& window,
               const WindowConsumer& consumer);
  bool grow(std::size_t bytes);

  const ReadOptions options_;
  char* buffer_ = nullptr;
  std::size_t capacity_ = 0;  // without the padding
};

}  // namespace overreach
