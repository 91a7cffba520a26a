#include "scanner/cli/hook_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "scanner/base/whole_file.h"
#include "scanner/cli/shown_path.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

mode_t mode_of_new_program() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0777 & ~mask;
}

// husky 9 sets core.hooksPath to a folder of its own, whose hooks run those of
// the folder above; older ones set it to that.
bool is_of_husky(const fs::path& folder) {
  return folder.filename() == "_" &&
         folder.parent_path().filename() == ".husky";
}

Status follow_link(HookFile& hook) {
  std::error_code error;
  const fs::path target = fs::canonical(hook.path, error);
  if (error) return fail(shown_path(hook.path) + ": leads to no file");
  const fs::path folder =
      fs::canonical(fs::path(hook.path).parent_path(), error);
  const fs::path inside = target.lexically_relative(folder);
  hook.leads_out = error || inside.empty() || *inside.begin() == "..";
  hook.real_path = target.string();
  return {};
}

}  // namespace

Result<HookFile> find_hook_file(const std::string& folder) {
  HookFile hook;
  TRY_ASSIGN(hook.folder, find_hooks_folder(folder));
  const fs::path hooks = hook.folder.path;
  hook.git_runs = (hooks / "pre-commit").string();
  hook.is_run_by_shell = hook.folder.is_configured && is_of_husky(hooks);
  hook.path = hook.is_run_by_shell
                  ? (hooks.parent_path() / "pre-commit").string()
                  : hook.git_runs;
  hook.real_path = hook.path;
  struct stat status;
  if (::lstat(hook.path.c_str(), &status) != 0) return hook;
  if (S_ISLNK(status.st_mode)) TRY(follow_link(hook));
  if (::stat(hook.path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return fail(shown_path(hook.path) + ": is no file");
  }
  hook.mode = status.st_mode & 07777;
  TRY_ASSIGN(hook.text, read_file(hook.real_path));
  return hook;
}

bool has_hooks_folder(const HookFile& hook) {
  std::error_code error;
  return fs::is_directory(hook.folder.path, error);
}

bool is_executable(const std::string& path) {
  return ::access(path.c_str(), X_OK) == 0;
}

Status write_hook(const HookFile& hook, const std::string& text) {
  std::error_code error;
  if (!hook.folder.is_configured) {
    fs::create_directories(hook.folder.path, error);
  }
  return replace_file(hook.real_path, text,
                      hook.text ? hook.mode : mode_of_new_program());
}

}  // namespace overreach
