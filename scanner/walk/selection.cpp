#include "scanner/walk/selection.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

#include "scanner/walk/walk.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

std::string lines_of(const std::vector<std::string>& globs) {
  std::string text;
  for (const std::string& glob : globs) text += glob + "\n";
  return text;
}

// Nothing when `absolute` does not lie in `root`; empty for the root itself
// and for what holds it.
std::optional<std::string> below_root(std::string_view root,
                                      std::string absolute) {
  if (absolute.size() > 1 && absolute.ends_with('/')) absolute.pop_back();
  if (absolute == "/" || Selection::is_below(root, absolute))
    return std::string();
  if (!Selection::is_below(absolute, root)) return std::nullopt;
  return absolute.substr(root.size() + 1);
}

}  // namespace

Selection::Selection(const std::vector<std::string>& excludes)
    : excludes_(lines_of(excludes), "", nullptr, false) {}

Result<Selection> Selection::make(std::string_view root,
                                  const std::vector<std::string>& paths,
                                  const std::vector<std::string>& excludes) {
  Selection selection(excludes);
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::path whole = fs::absolute(path, error).lexically_normal();
    // A tracked symbolic link stands for itself; a link to the work tree from
    // outside stands for where it leads.
    auto below = below_root(
        root,
        (fs::weakly_canonical(whole.parent_path(), error) / whole.filename())
            .string());
    if (!below) {
      below = below_root(root, fs::weakly_canonical(whole, error).string());
    }
    if (!below) {
      return fail(path + ": lies outside of the work tree " +
                  std::string(root));
    }
    selection.selected_.push_back(std::move(*below));
  }
  if (paths.empty()) selection.selected_.emplace_back();
  return selection;
}

bool Selection::is_below(std::string_view path, std::string_view folder) {
  return folder.empty() || path == folder ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

bool Selection::contains(std::string_view path) const {
  return std::any_of(selected_.begin(), selected_.end(),
                     [path](const std::string& folder) {
                       return is_below(path, folder);
                     }) &&
         !is_excluded(path);
}

bool Selection::touches(std::string_view folder) const {
  if (folder.ends_with('/')) folder.remove_suffix(1);
  return std::any_of(selected_.begin(), selected_.end(),
                     [folder](const std::string& selected) {
                       return is_below(folder, selected) ||
                              is_below(selected, folder);
                     });
}

bool Selection::is_excluded(std::string_view path) const {
  if (excludes_.empty()) return false;
  for (std::size_t slash = 0; (slash = path.find('/', slash)) != path.npos;
       ++slash) {
    if (excludes_.is_ignored(path.substr(0, slash), true)) return true;
  }
  return excludes_.is_ignored(path, false);
}

std::string existing_folder(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return path;
  fs::path folder = fs::absolute(path, error).lexically_normal();
  while (!fs::is_directory(folder, error) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return folder.string();
}

std::function<bool(std::string_view path)> exclusion(
    const std::vector<std::string>& globs) {
  return [all = Selection::make("/", {}, globs)](std::string_view path) {
    return all && !all->contains(path);
  };
}

}  // namespace overreach
