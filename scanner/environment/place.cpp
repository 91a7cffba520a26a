#include "scanner/environment/place.h"

#include <algorithm>
#include <array>

#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"

namespace overreach {
namespace {

constexpr std::array<std::string_view, 14> kTemplateWords = {
    "example",   "examples", "sample",   "samples", "template",
    "templates", "tmpl",     "dist",     "default", "defaults",
    "schema",    "spec",     "skeleton", "bak"};
constexpr std::array<std::string_view, 19> kTemplateFolders = {
    "doc",           "docs",          "documentation", "examples",
    "example",       "samples",       "testdata",      "fixtures",
    "__fixtures__",  "__snapshots__", "node_modules",  "vendor",
    "third_party",   "__mocks__",     "templates",     "cassettes",
    "site-packages", "demo",          "tutorials"};

template <typename Words>
bool is_one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

EnvironmentLabel label_at(const PlaceGrammar& grammar, std::string_view name) {
  if (grammar.fixed != EnvironmentClass::unknown) {
    return {grammar.fixed, 3, std::string(to_string(grammar.fixed)), false};
  }
  return grammar.names == PlaceNames::of_environments
             ? label_of_environment(name)
             : label_of_name(name);
}

bool is_folder(const PlaceGrammar& grammar) {
  return grammar.pattern.ends_with("**");
}

std::string origin_of(const PlaceGrammar& grammar, std::string_view path) {
  const std::string_view shown = is_folder(grammar)
                                     ? path.substr(0, path.find_last_of('/'))
                                     : file_name(path);
  return (is_folder(grammar) ? "folder " : "file name ") + std::string(shown) +
         " (" + std::string(grammar.ecosystem) + ")";
}

}  // namespace

bool is_template_path(std::string_view path) {
  std::string_view folders =
      path.substr(0, path.size() - file_name(path).size());
  while (!folders.empty()) {
    const std::size_t slash = folders.find('/');
    if (is_one_of(kTemplateFolders, folders.substr(0, slash))) return true;
    folders.remove_prefix(slash + 1);
  }
  const std::vector<std::string> words = words_of_name(file_name(path));
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_one_of(kTemplateWords, word);
  });
}

PlaceLabel label_of_path(std::string_view path) {
  PlaceLabel label;
  label.is_template = is_template_path(path);
  for (const PlaceGrammar& grammar : place_grammars()) {
    const auto name = match_path(grammar.pattern, path);
    if (!name) continue;
    if (grammar.loaded_by != LoadedBy::those_told) {
      label.loaded_by = grammar.loaded_by;
    }
    // config/default.json is no template, whatever it is called.
    if (grammar.loaded_by == LoadedBy::every_environment) {
      label.is_template = is_template_path(path.substr(0, path.rfind('/') + 1));
    }
    EnvironmentLabel environment = label_at(grammar, *name);
    if (environment.strength < kGoodWord) continue;
    label.environment = std::move(environment);
    label.origin = origin_of(grammar, path);
    // deploy/prod/.env: not of who starts in the folder of the sources.
    if (is_folder(grammar)) label.loaded_by = LoadedBy::those_told;
    break;
  }
  return label;
}

}  // namespace overreach
