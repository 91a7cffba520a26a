#include "scanner/cli/words.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "scanner/cli/suggest.h"

namespace overreach {
namespace {

// The names by which our validators are known again; no help shows them.
constexpr std::string_view kWords = "words:";
constexpr std::string_view kFiles = "files";
constexpr std::string_view kFolders = "folders";

std::string name_of(const std::vector<std::string>& words) {
  std::string name(kWords);
  for (const std::string& word : words) name += " " + word;
  return name;
}

CLI::Validator anything(std::string name) {
  return CLI::Validator([](const std::string&) { return std::string(); }, "",
                        std::move(name));
}

}  // namespace

CLI::Validator one_of(const std::vector<std::string>& words) {
  return CLI::Validator(
      [words](const std::string& word) {
        const bool is_known =
            std::find(words.begin(), words.end(), word) != words.end();
        return is_known ? ""
                        : "must be one of " + listed(words) + ", not " + word;
      },
      "", name_of(words));
}

CLI::Validator knows(const std::vector<std::string>& words) {
  return anything(name_of(words));
}

CLI::Validator takes_files() { return anything(std::string(kFiles)); }
CLI::Validator takes_folders() { return anything(std::string(kFolders)); }

Taken taken_by(CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return {Takes::nothing, {}};
  try {
    for (int i = 0;; ++i) {  // the library throws behind the last one
      const std::string& name = option.get_validator(i)->get_name();
      if (name == kFiles) return {Takes::files, {}};
      if (name == kFolders) return {Takes::folders, {}};
      if (!name.starts_with(kWords)) continue;
      Taken taken{Takes::words, {}};
      std::istringstream words(name.substr(kWords.size()));
      for (std::string word; words >> word;) taken.words.push_back(word);
      return taken;
    }
  } catch (const CLI::OptionNotFound&) {
    const std::string type = option.get_type_name();
    const bool is_file = type == "FILE" || type == "PATH";
    return {is_file ? Takes::files : Takes::anything, {}};
  }
}

}  // namespace overreach
