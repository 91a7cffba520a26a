#include "scanner/cli/shown_path.h"

#include <filesystem>
#include <system_error>

namespace overreach {

std::string shown_path(const std::string& path) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  const std::filesystem::path inside =
      std::filesystem::path(path).lexically_relative(here);
  const bool is_below = !error && !inside.empty() && *inside.begin() != "..";
  return is_below ? inside.string() : path;
}

}  // namespace overreach
