// Which texts are worth a parse: parsing is a hundred times slower than looking
// for words, and most files say nothing about any environment.

#include <algorithm>
#include <array>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/syntax/relevance.h"
#include "scanner/syntax/syntax.h"
#include "scanner/syntax/word_search.h"

namespace overreach {
namespace {

// Other people's programs, installed or built.
constexpr auto kForeignFolders = std::to_array<std::string_view>(
    {".next/", "bower_components/", "dist/", "node_modules/", "site-packages/",
     "third_party/", "vendor/"});

// Documents.
constexpr auto kDocuments = std::to_array<std::string_view>({
    "\"Statement\"", "\"command\"", "ENV",       "Env",
    "PROD",          "apiVersion",  "backup",    "database",
    "dbs:",          "deploy",      "env",       "mongo",
    "mountPath",     "mysql",       "namespace", "onnectionString",
    "passw",         "permission",  "postgres",  "production",
    "profiles",      "PROFILE",     "redis",     "secret",
    "staging",       "terraform",   "token",     "volume",
});

// In a large document, of which most are data, only these count.
constexpr auto kLargeDocuments = std::to_array<std::string_view>({
    "AWSTemplateFormatVersion",
    "DATABASE_URL",
    "apiVersion",
    "mongodb://",
    "mysql://",
    "postgres://",
    "postgresql://",
    "production:",
    "production\":",
    "staging:",
    "staging\":",
    "terraform_version",
});
constexpr std::size_t kLargeDocumentBytes = std::size_t{128} << 10;

bool is_foreign(std::string_view path) {
  return std::any_of(kForeignFolders.begin(), kForeignFolders.end(),
                     [&](std::string_view folder) {
                       const std::size_t at = path.find(folder);
                       return at != path.npos &&
                              (at == 0 || path[at - 1] == '/');
                     });
}

// Settings of tools go by their name: .firebaserc, .vscode/settings.json.
bool is_hidden(std::string_view path) {
  return path.starts_with('.') || path.find("/.") != path.npos;
}

// A few lines that say which files and services stand for an environment.
bool is_compose(std::string_view path) {
  const std::string_view name = file_name(path);
  return name.starts_with("compose.") || name.starts_with("docker-compose");
}

// Says what settings may look like, and holds none.
bool is_schema(std::string_view text) {
  constexpr std::size_t kHeadBytes = 1024;
  const std::string_view head = text.substr(0, kHeadBytes);
  const std::size_t key = head.find("$schema");
  if (key == head.npos) return false;
  const std::size_t end = head.find_first_of(",\n", key);
  const std::string_view value = head.substr(key, end - key);
  return (value.find("json-schema.org/") != value.npos ||
          value.find("/meta-schemas/") != value.npos) &&
         text.find("properties") != text.npos;
}

}  // namespace

bool may_matter(Language language, std::string_view path,
                std::string_view text) {
  static const WordSearch kDocumentSearch(kDocuments);
  static const WordSearch kLargeDocumentSearch(kLargeDocuments);
  if (language == Language::none || is_foreign(path)) return false;
  switch (language) {
    case Language::bash:
    case Language::makefile:
      return path.ends_with(".envrc") || script_may_matter(language, text);
    case Language::yaml:
    case Language::json:
    case Language::xml:
    case Language::ini:
      if (is_hidden(path) || is_compose(path)) return true;
      if (is_schema(text)) return false;
      return text.size() > kLargeDocumentBytes
                 ? kLargeDocumentSearch.is_in(text)
                 : kDocumentSearch.is_in(text);
    default:
      break;
  }
  return program_may_matter(language, path, text);
}

}  // namespace overreach
