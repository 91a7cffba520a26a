#include "scanner/read/archive.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>

#include "scanner/base/text.h"
#include "scanner/read/descriptor.h"
#include "scanner/read/libarchive.h"
#include "scanner/read/peek.h"

namespace overreach {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kBlockBytes = 64 * 1024;
// An archive in an archive is kept whole while it is read.
constexpr std::size_t kMostNestedBytes = std::size_t{64} << 20;

std::string unpacks_to_more_than(std::uint64_t bytes) {
  return "unpacks to more than " + std::to_string(bytes >> 20) +
         " MB: the rest of it was not read";
}

// "logs.gz" holds one member without a name.
std::string_view name_of_only_member(std::string_view path) {
  const std::string_view name = file_name(path.substr(path.rfind('!') + 1));
  const std::size_t dot = name.rfind('.');
  return dot == name.npos || dot == 0 ? name : name.substr(0, dot);
}

}  // namespace

bool is_archive(std::string_view first_bytes) {
  constexpr std::string_view kBegins[] = {
      "PK\x03\x04"sv,      "\x1f\x8b\x08"sv,     "BZh"sv,      "7z\xbc\xaf"sv,
      "\xfd\x37zXZ\x00"sv, "\x28\xb5\x2f\xfd"sv, "!<arch>\n"sv};
  constexpr std::size_t kTarMark = 257;
  return std::any_of(std::begin(kBegins), std::end(kBegins),
                     [&](std::string_view begin) {
                       return first_bytes.starts_with(begin);
                     }) ||
         (first_bytes.size() > kTarMark &&
          first_bytes.substr(kTarMark).starts_with("ustar"));
}

// One archive that libarchive has opened.
class MemberReader::Opened {
 public:
  Opened(int descriptor, std::string_view path, Diagnostics& diagnostics)
      : archive_(make(path, diagnostics)) {
    is_broken_ = !archive_ || libarchive().open_descriptor(archive_, descriptor,
                                                           kBlockBytes) != 0;
  }
  Opened(std::string_view bytes, std::string_view path,
         Diagnostics& diagnostics)
      : archive_(make(path, diagnostics)) {
    is_broken_ = !archive_ || libarchive().open_memory(archive_, bytes.data(),
                                                       bytes.size()) != 0;
  }
  Opened(const ByteSource& source, std::string_view path,
         Diagnostics& diagnostics)
      : archive_(make(path, diagnostics)),
        stream_{&source, std::string(kBlockBytes, '\0'), {}} {
    is_broken_ =
        !archive_ || libarchive().open_stream(archive_, &stream_, nullptr,
                                              read_block, nullptr) != 0;
  }
  ~Opened() {
    if (archive_) libarchive().read_free(archive_);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  // Null at the end, and where it cannot be read any further.
  archive_entry* next() const {
    if (is_broken_) return nullptr;
    archive_entry* entry = nullptr;
    int result;
    do {
      result = libarchive().next_header(archive_, &entry);
    } while (result == ARCHIVE_RETRY);
    is_broken_ = result < ARCHIVE_WARN;
    return result == ARCHIVE_EOF || is_broken_ ? nullptr : entry;
  }
  bool is_loaded() const { return archive_ != nullptr; }
  // What the source of its bytes said when it could not go on.
  const std::optional<Error>& failed() const { return stream_.failed; }
  bool is_broken() const { return is_broken_; }

  // Absent where it is damaged.
  std::optional<std::size_t> read(char* buffer, std::size_t size) const {
    const auto count = libarchive().read_data(archive_, buffer, size);
    if (count < 0) return std::nullopt;
    return static_cast<std::size_t>(count);
  }

  // A compressed file and no archive; or neither.
  bool is_raw() const {
    return libarchive().format(archive_) == ARCHIVE_FORMAT_RAW;
  }
  bool is_nothing() const {
    return is_raw() &&
           libarchive().filter_code(archive_, 0) == ARCHIVE_FILTER_NONE;
  }

 private:
  static archive* make(std::string_view path, Diagnostics& diagnostics) {
    const Libarchive& library = libarchive();
    if (!library.is_loaded()) {
      diagnostics.incomplete(path, "cannot be unpacked: " + library.missing());
      return nullptr;
    }
    archive* const made = library.read_new();
    if (!made) return nullptr;
    library.support_gzip(made);
    library.support_bzip2(made);
    library.support_xz(made);
    library.support_zstd(made);
    library.support_zip(made);
    library.support_tar(made);
    library.support_7zip(made);
    library.support_ar(made);
    library.support_raw(made);
    return made;
  }

  struct Stream {
    const ByteSource* source;
    std::string block;
    std::optional<Error> failed;
  };

  static la_ssize_t read_block(archive* /*reader*/, void* data,
                               const void** block) {
    auto& [source, bytes, failed] = *static_cast<Stream*>(data);
    const auto count = (*source)(bytes.data(), bytes.size());
    *block = bytes.data();
    if (!count) failed = count.error();
    return count ? static_cast<la_ssize_t>(*count) : la_ssize_t{-1};
  }

  archive* const archive_;
  Stream stream_{};
  mutable bool is_broken_ = false;
};

MemberReader::MemberReader(const ArchiveOptions& options)
    : options_(options), reader_(options.read) {}

bool MemberReader::read_file(const FileSource& file, Diagnostics& diagnostics,
                             const MemberConsumer& consumer) {
  const Descriptor descriptor(open_source(file).descriptor);
  struct stat status;
  if (descriptor.get() < 0 || ::fstat(descriptor.get(), &status) != 0 ||
      !S_ISREG(status.st_mode)) {
    return false;
  }
  return open(descriptor.get(), file.path, diagnostics, consumer);
}

bool MemberReader::read_bytes(std::string_view bytes, std::string_view path,
                              Diagnostics& diagnostics,
                              const MemberConsumer& consumer) {
  return open(bytes, path, diagnostics, consumer);
}

bool MemberReader::read_stream(const ByteSource& source, std::string_view path,
                               Diagnostics& diagnostics,
                               const MemberConsumer& consumer) {
  return open(source, path, diagnostics, consumer);
}

template <typename Source>
bool MemberReader::open(const Source& source, std::string_view path,
                        Diagnostics& diagnostics,
                        const MemberConsumer& consumer) {
  unpacked_ = 0;
  const Opened archive(source, path, diagnostics);
  return read(archive, path, diagnostics, consumer);
}

bool MemberReader::read(const Opened& archive, std::string_view path,
                        Diagnostics& diagnostics,
                        const MemberConsumer& consumer) {
  const Libarchive& library = libarchive();
  ++depth_;
  bool is_read = false;
  while (archive_entry* const entry = archive.next()) {
    if (archive.is_nothing()) break;
    is_read = true;
    if (library.file_type(entry) != AE_IFREG) continue;
    const char* name = library.path(entry);
    if (!name) name = library.path_utf8(entry);
    std::string member(path);
    member += '!';
    member += archive.is_raw() ? name_of_only_member(path)
                               : std::string_view(name ? name : "?");
    if (library.is_encrypted(entry)) {
      diagnostics.left_out(member, "is encrypted");
      continue;
    }
    const auto most = options_.read.max_file_bytes;
    if (most && library.size(entry) > static_cast<std::int64_t>(*most)) {
      diagnostics.left_out(member, larger_than(*most));
      continue;
    }
    read_member(archive, member, diagnostics, consumer);
    if (unpacked_ >= options_.most_bytes) break;
  }
  --depth_;
  if (unpacked_ >= options_.most_bytes) {
    if (depth_ == 0) {
      diagnostics.incomplete(path, unpacks_to_more_than(options_.most_bytes));
    }
    return true;
  }
  if (archive.failed()) {
    diagnostics.incomplete(path, "cannot be read: " + archive.failed()->text);
  } else if (archive.is_loaded() && archive.is_broken()) {
    diagnostics.left_out(path, "damaged: cannot be unpacked to its end");
  }
  return is_read && !archive.is_broken();
}

void MemberReader::read_member(const Opened& archive, const std::string& path,
                               Diagnostics& diagnostics,
                               const MemberConsumer& consumer) {
  bool is_damaged = false;
  const ByteSource unpack = [&](char* buffer,
                                std::size_t room) -> Result<std::size_t> {
    if (is_damaged || unpacked_ >= options_.most_bytes) return 0;
    const std::optional<std::size_t> count = archive.read(buffer, room);
    is_damaged = !count;
    unpacked_ += count.value_or(0);
    return count.value_or(0);
  };
  Peek peek(unpack);
  const ByteSource source = [&](char* buffer, std::size_t room) {
    return peek.read(buffer, room);
  };
  const bool is_nested = is_archive(peek.first());
  if (is_nested && depth_ < options_.depth) {
    read_nested(source, path, diagnostics, consumer);
  } else {
    if (is_nested) {
      diagnostics.left_out(path,
                           "an archive in an archive, deeper than "
                           "--archive-depth");
    }
    reader_.read_bytes(source, path, diagnostics,
                       [&](const Window& window) { consumer(path, window); });
  }
  if (is_damaged && !archive.failed()) {
    diagnostics.left_out(path, "damaged: read up to there");
  }
}

// What looks like an archive and cannot be opened is a file as any other.
void MemberReader::read_nested(const ByteSource& source,
                               const std::string& path,
                               Diagnostics& diagnostics,
                               const MemberConsumer& consumer) {
  std::string bytes;
  while (bytes.size() <= kMostNestedBytes) {
    const std::size_t size = bytes.size();
    bytes.resize(size + kBlockBytes);
    const std::size_t count = *source(bytes.data() + size, kBlockBytes);
    bytes.resize(size + count);
    if (count == 0) break;
  }
  if (bytes.size() > kMostNestedBytes) {
    diagnostics.incomplete(
        path, "is an archive of more than 64 MB in an archive: not opened");
    return;
  }
  const Opened archive(bytes, path, diagnostics);
  if (!read(archive, path, diagnostics, consumer)) {
    reader_.read_text(bytes,
                      [&](const Window& window) { consumer(path, window); });
  }
}

}  // namespace overreach
