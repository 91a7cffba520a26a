#include "scanner/git/repository.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/base/whole_file.h"
#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

std::string folder_text(const fs::path& path) {
  std::error_code error;
  std::string text = fs::weakly_canonical(path, error).string();
  if (error) text = path.string();
  return text.ends_with('/') ? text : text + "/";
}

// Of a work tree whose root this is.
std::optional<fs::path> git_dir_of(const fs::path& root) {
  const fs::path dot_git = root / ".git";
  std::error_code error;
  if (fs::is_directory(dot_git, error)) {
    return is_git_dir(dot_git.string()) ? std::optional(dot_git) : std::nullopt;
  }
  constexpr std::string_view kKey = "gitdir: ";
  const std::string text = without_line_end(small_text(dot_git.string()));
  if (!text.starts_with(kKey)) return std::nullopt;
  const fs::path folder = root / text.substr(kKey.size());
  return is_git_dir(folder.string()) ? std::optional(folder) : std::nullopt;
}

// As Git has it: who uses sudo is still himself.
bool is_ours(const std::string& path) {
  struct stat status;
  if (::lstat(path.c_str(), &status) != 0) return true;  // is found out later
  if (status.st_uid == ::geteuid()) return true;
  const char* const sudo = std::getenv("SUDO_UID");
  if (::geteuid() != 0 || !sudo) return false;
  const std::string_view text = sudo;
  uid_t uid = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), uid);
  return error == std::errc() && end == text.data() + text.size() &&
         uid == status.st_uid;
}

int add_value(const git_config_entry* entry, void* payload) {
  static_cast<std::vector<std::string>*>(payload)->emplace_back(entry->value);
  return 0;
}

// Only the user's and the system's config count: the repository's own would
// speak for itself.
bool is_declared_safe(std::string folder) {
  if (folder.size() > 1) folder.pop_back();
  const GitLibrary library;
  git_config* config = nullptr;
  std::vector<std::string> values;
  if (git_config_open_default(&config) == 0) {
    git_config_get_multivar_foreach(config, "safe.directory", nullptr,
                                    add_value, &values);
    git_config_free(config);
  }
  bool is_safe = false;
  for (std::string value : values) {
    if (value.empty()) is_safe = false;  // takes back what came before
    if (value.size() > 1 && value.ends_with('/')) value.pop_back();
    const bool holds = value.ends_with("/*") &&
                       folder.starts_with(value.substr(0, value.size() - 1));
    is_safe = is_safe || value == "*" || value == folder || holds;
  }
  return is_safe;
}

Status check_owner(const Repository& repository) {
  for (const std::string& path :
       {repository.work_tree,
        repository.work_tree.empty() ? "" : repository.work_tree + ".git",
        repository.git_dir}) {
    if (path.empty() || is_ours(path)) continue;
    if (is_declared_safe(repository.root())) return {};
    return fail(repository.root() +
                ": the repository belongs to somebody else; if you trust it: "
                "git config --global --add safe.directory " +
                repository.root().substr(0, repository.root().size() - 1));
  }
  return {};
}

}  // namespace

bool is_git_dir(const std::string& folder) {
  std::error_code error;
  return fs::exists(fs::symlink_status(folder + "/HEAD", error)) &&
         (fs::is_directory(folder + "/objects", error) ||
          fs::exists(folder + "/commondir", error));
}

std::string canonical_root(const Repository& repository) {
  std::error_code error;
  std::string root = fs::canonical(repository.root(), error).string();
  return error ? repository.root() : root;
}

std::string small_text(const std::string& path) {
  return read_file(path).value_or("");
}

Result<Repository> find_repository(const std::string& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) {
    return fail(folder + ": no such file or folder");
  }
  Repository repository;
  fs::path at = fs::canonical(folder, error);
  if (error) return fail(folder + ": " + error.message());
  while (true) {
    if (const auto git_dir = git_dir_of(at)) {
      repository.git_dir = folder_text(*git_dir);
      repository.work_tree = folder_text(at);
      break;
    }
    if (is_git_dir(at.string())) {
      repository.git_dir = folder_text(at);
      // Named itself, the folder of a work tree.
      if (at.filename() == ".git") {
        repository.work_tree = folder_text(at.parent_path());
      }
      break;
    }
    if (!at.has_relative_path()) {
      return fail(folder + ": is in no Git repository");
    }
    at = at.parent_path();
  }
  const std::string common =
      without_line_end(small_text(repository.git_dir + "commondir"));
  repository.common_dir =
      common.empty() ? repository.git_dir
                     : folder_text(fs::path(repository.git_dir) / common);
  TRY(check_owner(repository));
  return repository;
}

Result<Repository> find_given_repository(const std::string& folder) {
  const char* const given = std::getenv("GIT_DIR");
  TRY_ASSIGN(Repository found, find_repository(given ? given : folder));
  const char* const work_tree = std::getenv("GIT_WORK_TREE");
  const std::string linked = small_text(found.git_dir + "gitdir");
  if (given && work_tree) {
    found.work_tree = std::string(work_tree) + "/";
  } else if (found.work_tree.empty() && !linked.empty()) {
    found.work_tree = fs::path(linked).parent_path().string() + "/";
  }
  return found;
}

}  // namespace overreach
