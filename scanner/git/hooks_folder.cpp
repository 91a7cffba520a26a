#include "scanner/git/hooks_folder.h"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

using GitConfig =
    std::unique_ptr<git_config, GitDeleter<git_config, git_config_free>>;

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

// The variable, if it is set at all: an empty one means no file, too.
std::optional<std::string> variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? std::optional<std::string>(value) : std::nullopt;
}

bool is_true(const std::optional<std::string>& text) {
  int value = 0;
  return text && git_config_parse_bool(&value, text->c_str()) == 0 && value;
}

// What a function of libgit2 puts into a buffer; nothing when it fails.
template <typename Function>
std::optional<std::string> buffer_text(Function function) {
  git_buf buffer = GIT_BUF_INIT;
  std::optional<std::string> text;
  if (function(&buffer) == 0) text.emplace(buffer.ptr, buffer.size);
  git_buf_dispose(&buffer);
  return text;
}

class Levels {
 public:
  explicit Levels(const Repository& folders) : folders_(folders) {
    git_config* config = nullptr;
    git_config_new(&config);
    config_.reset(config);
    // Conditions of includes ask for it; what libgit2 cannot open has none.
    git_repository* repository = nullptr;
    if (git_repository_open(&repository, folders.root().c_str()) == 0) {
      repository_.reset(repository);
    }
  }

  // Lowest first; later ones overrule.
  Status read() {
    if (!is_true(variable("GIT_CONFIG_NOSYSTEM"))) {
      TRY(add(given_or("GIT_CONFIG_SYSTEM", git_config_find_system),
              GIT_CONFIG_LEVEL_SYSTEM));
    }
    if (!variable("GIT_CONFIG_GLOBAL")) {
      TRY(add(buffer_text(git_config_find_xdg), GIT_CONFIG_LEVEL_XDG));
    }
    TRY(add(given_or("GIT_CONFIG_GLOBAL", git_config_find_global),
            GIT_CONFIG_LEVEL_GLOBAL));
    TRY(add(folders_.common_dir + "config", GIT_CONFIG_LEVEL_LOCAL));
    if (is_set("extensions.worktreeconfig")) {
      TRY(add(folders_.git_dir + "config.worktree", GIT_CONFIG_LEVEL_APP));
    }
    return {};
  }

  bool is_set(const char* name) const {
    int value = 0;
    return git_config_get_bool(&value, config_.get(), name) == 0 && value;
  }

  // With `~` replaced.
  Result<std::optional<std::string>> path(const char* name) const {
    git_config_entry* entry = nullptr;
    if (git_config_get_entry(&entry, config_.get(), name) != 0) {
      return std::nullopt;
    }
    git_config_entry_free(entry);
    auto text = buffer_text([&](git_buf* buffer) {
      return git_config_get_path(buffer, config_.get(), name);
    });
    if (!text) return fail(std::string(name) + ": " + git_error_text());
    return text;
  }

 private:
  static std::optional<std::string> given_or(const char* name,
                                             int (*find)(git_buf*)) {
    const auto given = variable(name);
    return given ? given : buffer_text(find);
  }

  Status add(const std::optional<std::string>& file, git_config_level_t level) {
    if (!file || file->empty()) return {};
    const int failed = git_config_add_file_ondisk(config_.get(), file->c_str(),
                                                  level, repository_.get(), 1);
    if (failed == 0 || failed == GIT_ENOTFOUND) return {};
    return fail(*file + ": " + git_error_text());
  }

  const GitLibrary library_;
  const Repository& folders_;
  GitRepository repository_;
  GitConfig config_;
};

}  // namespace

Result<HooksFolder> find_hooks_folder(const std::string& folder) {
  HooksFolder found;
  TRY_ASSIGN(found.repository, folder.empty() ? find_given_repository(".")
                                              : find_repository(folder));
  const Repository& repository = found.repository;
  Levels levels(repository);
  TRY(levels.read());
  const bool is_bare =
      repository.git_dir == repository.common_dir && levels.is_set("core.bare");
  if (repository.work_tree.empty() || is_bare) {
    return fail(without_slash(repository.root()) +
                ": is a bare repository: nobody commits in it");
  }
  TRY_ASSIGN(const auto setting, levels.path("core.hooksPath"));
  found.is_configured = setting.has_value();
  if (setting && setting->empty()) {
    return fail("core.hooksPath: is empty, so it names no folder");
  }
  // Git runs hooks at the root of the work tree, which is also where a path of
  // the setting begins.
  const std::filesystem::path path =
      setting ? std::filesystem::path(repository.work_tree) / *setting
              : std::filesystem::path(repository.common_dir) / "hooks";
  std::error_code error;
  const auto whole = std::filesystem::absolute(path, error);
  found.path =
      without_slash((error ? path : whole).lexically_normal().string());
  return found;
}

}  // namespace overreach
