#include "scanner/reach/paths.h"

namespace overreach {

bool lies_in(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) &&
         (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string shown_path(const Standpoint& standpoint, std::string_view path) {
  if (!lies_in(path, standpoint.home)) return std::string(path);
  return "~" + std::string(path.substr(standpoint.home.size()));
}

std::string_view variable(const Standpoint& standpoint, std::string_view name) {
  for (const auto& [each, value] : standpoint.variables) {
    if (each == name) return value;
  }
  return {};
}

}  // namespace overreach
