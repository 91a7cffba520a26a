#include "scanner/walk/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace overreach {
namespace {

constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
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
int open_parts(int parent, std::string_view path) {
  for (int at = parent;;) {
    const std::size_t slash = path.find('/');
    const std::string name(path.substr(0, slash));
    const int next = ::openat(at, name.c_str(), kFlags | O_NOFOLLOW);
    const int error = errno;
    if (at != parent) ::close(at);
    errno = error;
    if (next < 0 || slash == path.npos) return next;
    at = next;
    path.remove_prefix(slash + 1);
  }
}

// No part of the path may be a symbolic link, nor what `refused` names.
int open_checked(int parent, const char* path, std::uint64_t refused) {
  open_how how{};
  how.flags = kFlags;
  how.resolve = RESOLVE_NO_SYMLINKS | refused;
  return static_cast<int>(
      ::syscall(SYS_openat2, parent, path, &how, sizeof how));
}

int open_without_links(int parent, const char* path) {
  const int opened = open_checked(parent, path, 0);
  const bool is_refused = opened < 0 && (errno == ENOSYS || errno == EPERM);
  return is_refused ? open_parts(parent, path) : opened;
}

// openat2() is newer than some kernels, and some sandboxes refuse it.
bool can_stay_in_file_system(int folder) {
  const int opened = open_checked(folder, ".", RESOLVE_NO_XDEV);
  if (opened >= 0) ::close(opened);
  return opened >= 0;
}

// Whether its files are read through the page cache, and can be told from those
// of another file system.
bool is_paged_file_system(int folder) {
  static const bool can_tell = can_stay_in_file_system(folder);
  struct statfs status;
  if (!can_tell || ::fstatfs(folder, &status) != 0) return false;
  switch (static_cast<std::uint32_t>(status.f_type)) {
    case EXT4_SUPER_MAGIC:  // and ext2, ext3
    case XFS_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case F2FS_SUPER_MAGIC:
    case TMPFS_MAGIC:
      return true;
    default:
      return false;
  }
}

}  // namespace

Folder::~Folder() { table_->close(descriptor_); }

Result<std::shared_ptr<Folder>> Folder::open(const char* name) {
  const int descriptor = ::open(name, kFlags);
  if (descriptor < 0) return fail(std::strerror(errno));
  return std::shared_ptr<Folder>(
      new Folder(descriptor, is_paged_file_system(descriptor)));
}

Result<std::shared_ptr<Folder>> Folder::open_inside(const char* path) const {
  if (is_paged_) {
    const int same = open_checked(descriptor_, path, RESOLVE_NO_XDEV);
    if (same >= 0) return std::shared_ptr<Folder>(new Folder(same, true));
  }
  const int other = open_without_links(descriptor_, path);
  if (other < 0) return fail(std::strerror(errno));
  return std::shared_ptr<Folder>(
      new Folder(other, is_paged_file_system(other)));
}

Result<std::shared_ptr<Folder>> Folder::open_below(
    std::string_view path) const {
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
    TRY_ASSIGN(at, (at ? *at : *this).open_inside(step.c_str()));
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
