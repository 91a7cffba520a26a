#include "scanner/core/dockerfile_name.h"

#include <algorithm>
#include <array>

namespace overreach {
namespace {

// Of programs.  Behind the one dot of a name each may as well say what an image
// is for: Dockerfile.py.
constexpr auto kCode = std::to_array<std::string_view>(
    {"c",  "cc",  "cjs",   "cpp",   "cs",  "go",  "h",  "java",
     "js", "jsx", "kt",    "lua",   "mjs", "php", "pl", "py",
     "rb", "rs",  "scala", "swift", "ts",  "tsx"});

constexpr auto kDocuments = std::to_array<std::string_view>(
    {"adoc", "htm", "html", "json", "jsonc", "md", "mdx", "rst", "toml", "xml",
     "yaml", "yml"});

constexpr std::string_view kFront = "dockerfile";
constexpr std::string_view kOtherFront = "containerfile";

template <class List>
bool has(const List& list, std::string_view ending) {
  return std::find(list.begin(), list.end(), ending) != list.end();
}

}  // namespace

bool is_dockerfile(std::string_view name) {
  if (name.ends_with(".dockerfile")) return true;
  std::string_view rest = name;
  if (name.starts_with(kFront)) {
    rest.remove_prefix(kFront.size());
  } else if (name.starts_with(kOtherFront)) {
    rest.remove_prefix(kOtherFront.size());
  } else {
    return false;
  }
  if (rest.empty()) return true;
  if (rest.front() >= 'a' && rest.front() <= 'z') return false;
  const std::size_t dot = rest.rfind('.');
  if (dot == rest.npos) return true;
  const std::string_view ending = rest.substr(dot + 1);
  return !has(kDocuments, ending) && (dot == 0 || !has(kCode, ending));
}

}  // namespace overreach
