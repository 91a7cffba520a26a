#include "scanner/walk/work_tree.h"

#include <fcntl.h>
#include <git2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <utility>

#include "scanner/base/text.h"
#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

bool is_directory(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_file(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

// Where linked work trees keep what they share with the main one.
std::string common_dir(const std::string& git_dir) {
  const std::string text = without_line_end(small_file(git_dir + "/commondir"));
  if (text.empty()) return git_dir;
  return text.front() == '/' ? text : git_dir + "/" + text;
}

std::string default_excludes_file() {
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config && *config) {
    return std::string(config) + "/git/ignore";
  }
  const char* const home = std::getenv("HOME");
  return home ? std::string(home) + "/.config/git/ignore" : std::string();
}

struct Settings {
  std::string excludes_file = default_excludes_file();
  bool ignore_case = false;
  HashKind hash = HashKind::sha1;
};

void read_config(git_config* config, Settings& settings) {
  git_buf path = GIT_BUF_INIT;
  if (git_config_get_path(&path, config, "core.excludesfile") == 0) {
    settings.excludes_file = path.ptr;
  }
  git_buf_dispose(&path);
  int ignore_case = 0;
  if (git_config_get_bool(&ignore_case, config, "core.ignorecase") == 0) {
    settings.ignore_case = ignore_case != 0;
  }
  const char* format = nullptr;
  if (git_config_get_string(&format, config, "extensions.objectformat") == 0 &&
      std::string_view(format) == "sha256") {
    settings.hash = HashKind::sha256;
  }
}

// Through libgit2, which knows about includes and every level.
Settings read_settings(const std::string& common) {
  Settings settings;
  const GitLibrary library;
  git_config* config = nullptr;
  if (git_config_open_default(&config) == 0) {
    const std::string own = common + "/config";
    git_config_add_file_ondisk(config, own.c_str(), GIT_CONFIG_LEVEL_LOCAL,
                               nullptr, 1);
    git_config* snapshot = nullptr;
    if (git_config_snapshot(&snapshot, config) == 0) {
      read_config(snapshot, settings);
      git_config_free(snapshot);
    }
    git_config_free(config);
  }
  return settings;
}

// Not blocking: it may be a FIFO.
std::string text_of(int folder, const char* name, int flags) {
  std::string text;
  const int descriptor = ::openat(
      folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags);
  if (descriptor < 0) return text;
  char buffer[4096];
  for (ssize_t n; (n = ::read(descriptor, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(n));
  }
  ::close(descriptor);
  return text;
}

}  // namespace

std::string small_file(const std::string& path) {
  return text_of(AT_FDCWD, path.c_str(), 0);
}

std::string small_file_at(int folder, const char* name) {
  return text_of(folder, name, O_NOFOLLOW);
}

std::optional<std::string> git_dir_of(const std::string& folder) {
  const std::string dot_git = folder + "/.git";
  std::string git_dir = dot_git;
  if (!is_directory(dot_git)) {
    if (!is_file(dot_git)) return std::nullopt;
    const std::string text = without_line_end(small_file(dot_git));
    constexpr std::string_view kKey = "gitdir: ";
    if (!text.starts_with(kKey)) return std::nullopt;
    git_dir = text.substr(kKey.size());
    if (!git_dir.starts_with('/')) git_dir = folder + "/" + git_dir;
  }
  if (!is_file(git_dir + "/HEAD")) return std::nullopt;
  return git_dir;
}

std::optional<std::string> find_work_tree(std::string folder) {
  while (true) {
    if (git_dir_of(folder)) return folder;
    const std::size_t slash = folder.rfind('/');
    if (slash == folder.npos || folder.size() <= 1) return std::nullopt;
    folder.resize(slash);
    if (folder.empty()) {
      return git_dir_of("/") ? std::optional<std::string>("/") : std::nullopt;
    }
  }
}

Result<std::shared_ptr<const WorkTree>> open_work_tree(
    const std::string& root) {
  const auto git_dir = git_dir_of(root);
  if (!git_dir) return fail(root + ": is no Git work tree");
  auto tree = std::make_shared<WorkTree>();
  tree->root = root;
  tree->git_dir = *git_dir;
  const std::string common = common_dir(*git_dir);
  const Settings settings = read_settings(common);
  tree->ignore_case = settings.ignore_case;
  const auto global = std::make_shared<const IgnoreLevel>(
      settings.excludes_file.empty() ? std::string()
                                     : small_file(settings.excludes_file),
      "", nullptr, settings.ignore_case);
  tree->excludes = std::make_shared<const IgnoreLevel>(
      small_file(common + "/info/exclude"), "", global, settings.ignore_case);
  auto index = GitIndex::read(*git_dir + "/index", settings.hash);
  if (!index) return fail(index.error().text);
  tree->index = std::move(*index);
  return std::shared_ptr<const WorkTree>(std::move(tree));
}

}  // namespace overreach
