#include "scanner/git/loose_objects.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

namespace overreach {
namespace {

namespace fs = std::filesystem;

constexpr std::array<ObjectKind, 4> kKinds = {
    ObjectKind::commit, ObjectKind::tree, ObjectKind::blob, ObjectKind::tag};

// Its bytes; empty when it cannot be read so, or is no small file.
std::string small_file(const std::string& path) {
  constexpr std::size_t kMost = 256 * 1024;
  const int descriptor =
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (descriptor < 0) return {};
  std::string bytes;
  struct stat status;
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
      status.st_size <= static_cast<off_t>(kMost)) {
    bytes.resize(static_cast<std::size_t>(status.st_size));
    const ssize_t count = ::read(descriptor, bytes.data(), bytes.size());
    if (count != status.st_size) bytes.clear();
  }
  ::close(descriptor);
  return bytes;
}

// "blob 123", without the zero behind it.
Status parse_head(std::string_view head, LooseObject& object) {
  const std::size_t space = head.find(' ');
  const std::string_view word = head.substr(0, space);
  const auto kind =
      std::find_if(kKinds.begin(), kKinds.end(),
                   [&](ObjectKind k) { return to_string(k) == word; });
  if (space == head.npos || kind == kKinds.end()) {
    return fail("is of an unknown type");
  }
  const std::string_view digits = head.substr(space + 1);
  if (digits.empty() || digits.size() > 18 ||
      digits.find_first_not_of("0123456789") != digits.npos) {
    return fail("has no size");
  }
  object.kind = *kind;
  object.size = 0;
  for (const char c : digits) {
    object.size = object.size * 10 + static_cast<std::uint64_t>(c - '0');
  }
  object.head_size = head.size() + 1;
  if (object.size > most_inflated(object.packed().size())) {
    return fail("says it is larger than its bytes can hold");
  }
  return {};
}

}  // namespace

LooseObjects::LooseObjects(std::string folder, HashKind hash)
    : folder_(std::move(folder)) {
  std::error_code error;
  for (unsigned first = 0; first < 256; ++first) {
    const auto byte = static_cast<char>(first);
    const std::string prefix =
        ObjectId(std::string(id_size(hash), byte)).hex().substr(0, 2);
    fs::directory_iterator entries(fs::path(folder_) / prefix, error);
    for (; !error && entries != fs::directory_iterator();
         entries.increment(error)) {
      const std::string name = entries->path().filename().string();
      const auto id = ObjectId::from_hex(prefix + name);
      if (id && id->bytes().size() == id_size(hash)) ids_.push_back(*id);
    }
  }
  std::sort(ids_.begin(), ids_.end());
}

std::optional<std::uint32_t> LooseObjects::find(std::string_view id) const {
  const auto found = std::lower_bound(
      ids_.begin(), ids_.end(), id,
      [](const ObjectId& a, std::string_view b) { return a.bytes() < b; });
  if (found == ids_.end() || found->bytes() != id) return std::nullopt;
  return static_cast<std::uint32_t>(found - ids_.begin());
}

std::string LooseObjects::path_of(std::uint32_t position) const {
  const std::string hex = ids_[position].hex();
  return folder_ + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

Result<LooseObject> LooseObjects::open(std::uint32_t position,
                                       InflateStream& stream) const {
  LooseObject object;
  const std::string path = path_of(position);
  object.small_file = small_file(path);
  // Mapping costs several times what reading a few kilobytes does.
  if (object.small_file.empty()) {
    TRY_ASSIGN(object.file, MappedFile::open(path));
  }
  stream.restart(object.packed());
  std::array<char, 64> head;
  TRY_ASSIGN(const std::size_t size, stream.read(head.data(), head.size()));
  const std::string_view text(head.data(), size);
  const std::size_t end = text.find('\0');
  if (end == text.npos) return fail("has no head");
  TRY(parse_head(text.substr(0, end), object));
  return object;
}

Status LooseObjects::read(const LooseObject& object, Inflater& inflater,
                          char* out) {
  const std::size_t whole =
      object.head_size + static_cast<std::size_t>(object.size);
  const auto buffer = std::make_unique_for_overwrite<char[]>(whole);
  TRY(inflater.inflate(object.packed(), buffer.get(), whole));
  std::memcpy(out, buffer.get() + object.head_size,
              static_cast<std::size_t>(object.size));
  return {};
}

}  // namespace overreach
