#include "scanner/walk/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace overreach {
namespace {

constexpr std::size_t kListBytes = 128 * 1024;
constexpr std::size_t kStepBytes = 2048;  // of a path, opened at once

FolderEntryKind kind_of_mode(mode_t mode, std::string_view& what) {
  if (S_ISREG(mode)) return FolderEntryKind::file;
  if (S_ISDIR(mode)) return FolderEntryKind::folder;
  if (S_ISLNK(mode)) return FolderEntryKind::link;
  what = S_ISFIFO(mode) ? "FIFO" : S_ISSOCK(mode) ? "socket" : "device";
  return FolderEntryKind::other;
}

FolderEntryKind kind_of(int directory, const dirent64& entry,
                        std::string_view& what) {
  switch (entry.d_type) {
    case DT_REG:
      return FolderEntryKind::file;
    case DT_DIR:
      return FolderEntryKind::folder;
    case DT_LNK:
      return FolderEntryKind::link;
    case DT_UNKNOWN: {
      struct stat status;
      if (::fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW)) {
        return FolderEntryKind::link;  // gone already: nothing to read
      }
      return kind_of_mode(status.st_mode, what);
    }
    case DT_FIFO:
      what = "FIFO";
      return FolderEntryKind::other;
    case DT_SOCK:
      what = "socket";
      return FolderEntryKind::other;
    default:
      what = "device";
      return FolderEntryKind::other;
  }
}

bool is_dots(const char* name) {
  return name[0] == '.' &&
         (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

// Part by part, none of which may be a symbolic link.
int open_parts(int parent, std::string_view path, int flags) {
  for (int at = parent;;) {
    const std::size_t slash = path.find('/');
    const std::string name(path.substr(0, slash));
    const int next = ::openat(at, name.c_str(), flags | O_NOFOLLOW);
    const int error = errno;
    if (at != parent) ::close(at);
    errno = error;
    if (next < 0 || slash == path.npos) return next;
    at = next;
    path.remove_prefix(slash + 1);
  }
}

// No part of the path may be a symbolic link.
int open_without_links(int parent, const char* path, int flags) {
  open_how how{};
  how.flags = static_cast<decltype(how.flags)>(flags);
  how.resolve = RESOLVE_NO_SYMLINKS;
  const long opened = ::syscall(SYS_openat2, parent, path, &how, sizeof how);
  const bool is_refused = opened < 0 && (errno == ENOSYS || errno == EPERM);
  return is_refused ? open_parts(parent, path, flags)
                    : static_cast<int>(opened);
}

}  // namespace

Folder::~Folder() { table_->close(descriptor_); }

Result<std::shared_ptr<Folder>> Folder::open(int parent, const char* name,
                                             Links links) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  const int descriptor = links == Links::refuse
                             ? open_without_links(parent, name, kFlags)
                             : ::openat(parent, name, kFlags);
  if (descriptor < 0) return fail(std::strerror(errno));
  return std::shared_ptr<Folder>(new Folder(descriptor));
}

Result<std::shared_ptr<Folder>> Folder::open_below(int root,
                                                   std::string_view path) {
  std::shared_ptr<Folder> at;
  do {
    std::size_t size = path.size();
    if (size > kStepBytes) {
      size = path.rfind('/', kStepBytes);
      if (size == path.npos || size == 0) size = path.find('/');
      if (size == path.npos) size = path.size();
    }
    const std::string step =
        path.empty() ? "." : std::string(path.substr(0, size));
    TRY_ASSIGN(at,
               open(at ? at->descriptor() : root, step.c_str(), Links::refuse));
    path.remove_prefix(std::min(path.size(), size + 1));
  } while (!path.empty());
  return at;
}

Status list_folder(int descriptor, std::vector<char>& buffer,
                   const std::function<void(const FolderEntry&)>& use) {
  buffer.resize(kListBytes);
  while (true) {
    const ssize_t size = ::getdents64(descriptor, buffer.data(), buffer.size());
    if (size < 0) return fail(std::strerror(errno));
    if (size == 0) return {};
    for (ssize_t at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const dirent64*>(buffer.data() + at);
      at += entry->d_reclen;
      if (is_dots(entry->d_name)) continue;
      FolderEntry found{entry->d_name, FolderEntryKind::file, {}};
      found.kind = kind_of(descriptor, *entry, found.what);
      use(found);
    }
  }
}

}  // namespace overreach
