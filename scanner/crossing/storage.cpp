#include "scanner/crossing/storage.h"

#include <algorithm>
#include <array>

#include "scanner/crossing/places.h"

namespace overreach {
namespace {

constexpr std::array<std::string_view, 10> kDataFolders = {
    "/var/lib/postgresql", "/var/lib/mysql", "/data/db",
    "/var/lib/mongodb",    "/var/lib/redis", "/var/lib/clickhouse",
    "/bitnami/postgresql", "/bitnami/mysql", "/var/lib/mariadb",
    "/var/lib/influxdb"};
constexpr std::array<std::string_view, 4> kBackupFolders = {
    "/backup", "/backups", "/archive", "/var/backups"};
constexpr std::string_view kRemoteWords =
    " s3 aws azure gcs webdav ssh sftp dropbox rclone remote ftp b2 swift "
    "minio ";

template <typename Folders>
bool is_below_any(const Folders& folders, std::string_view path) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](std::string_view f) { return is_below(path, f); });
}

}  // namespace

bool is_below(std::string_view path, std::string_view folder) {
  return path == folder ||
         (path.starts_with(folder) && path.size() > folder.size() &&
          (folder.ends_with('/') || path[folder.size()] == '/'));
}

bool is_data_folder(std::string_view path) {
  return is_below_any(kDataFolders, path);
}

bool is_backup_folder(std::string_view path) {
  return is_below_any(kBackupFolders, path);
}

bool sends_away(std::string_view variable) {
  return has_word_of(kRemoteWords, variable);
}

}  // namespace overreach
