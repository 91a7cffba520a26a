#include "scanner/history/settings.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <vector>

#include "scanner/base/whole_file.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxBytes = 16 * 1024 * 1024;

// What Git itself writes, or a credential helper is told to.
constexpr const char* kFiles[] = {"config", "config.worktree",
                                  ".git-credentials", "credentials"};

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files(std::begin(kFiles), std::end(kFiles));
  std::error_code error;
  std::vector<std::string> hooks;
  for (const auto& entry : fs::directory_iterator(folder + "hooks", error)) {
    const std::string name = entry.path().filename().string();
    // Git's own examples hold nothing.
    if (!name.ends_with(".sample")) hooks.push_back("hooks/" + name);
  }
  std::sort(hooks.begin(), hooks.end());
  files.insert(files.end(), hooks.begin(), hooks.end());
  return files;
}

}  // namespace

void read_settings(const std::string& git_dir, const std::string& common_dir,
                   bool is_bare, Diagnostics& diagnostics,
                   const std::function<void(std::string_view path,
                                            std::string_view bytes)>& use) {
  std::set<std::string> done;
  for (const std::string& folder : {common_dir, git_dir}) {
    for (const std::string& name : files_of(folder)) {
      const fs::path file = folder + name;
      std::error_code error;
      if (!fs::is_regular_file(file, error) ||
          !done.insert(fs::weakly_canonical(file, error).string()).second) {
        continue;
      }
      const std::string path = (is_bare ? "" : ".git/") + name;
      if (fs::file_size(file, error) > kMaxBytes) {
        diagnostics.incomplete(path, "is too large for a file of Git");
        continue;
      }
      const auto bytes = read_file(file.string());
      if (!bytes) {
        const std::size_t prefix = file.string().size() + 2;  // "<file>: "
        diagnostics.incomplete(path, bytes.error().text.substr(prefix));
        continue;
      }
      use(path, *bytes);
    }
  }
}

}  // namespace overreach
