#include <algorithm>
#include <filesystem>

#include "scanner/git/repository.h"
#include "scanner/history/history.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

// A name may have slashes, so a repository may lie several folders down.
void add_below(const fs::path& folder, const std::string& name,
               std::vector<Submodule>& found) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!entry.is_directory(error)) continue;
    const std::string path = name + entry.path().filename().string();
    if (is_git_dir(entry.path().string())) {
      found.push_back({path, entry.path().string()});
      add_below(entry.path() / "modules", path + "/", found);
    } else {
      add_below(entry.path(), path + "/", found);
    }
  }
}

}  // namespace

Result<std::vector<Submodule>> submodules_of(const std::string& repository) {
  TRY_ASSIGN(const Repository at, find_repository(repository));
  std::vector<Submodule> found;
  add_below(at.common_dir + "modules", "", found);
  std::sort(
      found.begin(), found.end(),
      [](const Submodule& a, const Submodule& b) { return a.name < b.name; });
  return found;
}

}  // namespace overreach
