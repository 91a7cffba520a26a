// Members of archives (ZIP and all that is one: JAR, wheel, DOCX; tar, 7z, ar)
// and of compressed files (gzip, bzip2, XZ, Zstandard), as texts to be matched.
// Nothing is unpacked to a disk and no program is started.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "scanner/core/diagnostics.h"
#include "scanner/core/source.h"
#include "scanner/read/reader.h"

namespace overreach {

struct ArchiveOptions {
  int depth = 1;  // archives in archives; 0: none is opened
  // What one archive may unpack to, with all that is in it: a bomb ends here.
  std::uint64_t most_bytes = std::uint64_t{1} << 30;
  ReadOptions read = {};  // of each member
};

// Whether a file that begins so is worth opening.
bool is_archive(std::string_view first_bytes);

// `path` is the archive's and behind each '!' a member's, as in Place.
using MemberConsumer =
    std::function<void(std::string_view path, const Window& window)>;

// Belongs to one thread, as the Reader in it.
class MemberReader {
 public:
  explicit MemberReader(const ArchiveOptions& options);

  // Reads all members.  False: the bytes have to be looked at as they are, for
  // this is no archive or a damaged one.  What nobody can read of it (damaged,
  // encrypted) and what is more than may be unpacked goes to the diagnostics.
  bool read_file(const FileSource& file, Diagnostics& diagnostics,
                 const MemberConsumer& consumer);
  bool read_bytes(std::string_view bytes, std::string_view path,
                  Diagnostics& diagnostics, const MemberConsumer& consumer);
  // The same of bytes that come only once, from the first to the last.  They
  // are lost where they cannot be unpacked.
  bool read_stream(const ByteSource& source, std::string_view path,
                   Diagnostics& diagnostics, const MemberConsumer& consumer);

 private:
  class Opened;

  template <typename Source>
  bool open(const Source& source, std::string_view path,
            Diagnostics& diagnostics, const MemberConsumer& consumer);
  bool read(const Opened& archive, std::string_view path,
            Diagnostics& diagnostics, const MemberConsumer& consumer);
  void read_member(const Opened& archive, const std::string& path,
                   Diagnostics& diagnostics, const MemberConsumer& consumer);
  void read_nested(const ByteSource& source, const std::string& path,
                   Diagnostics& diagnostics, const MemberConsumer& consumer);

  const ArchiveOptions options_;
  Reader reader_;
  int depth_ = 0;               // archives that are open
  std::uint64_t unpacked_ = 0;  // bytes, of the outermost
};

}  // namespace overreach
