#include "scanner/cli/config_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "scanner/base/toml.h"
#include "scanner/base/whole_file.h"
#include "scanner/cli/shown_path.h"
#include "scanner/cli/suggest.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = ".overreach.toml";

enum class Kind { text, number, texts };

struct Key {
  const char* name;
  Kind kind;
  bool is_path = false;
};

constexpr auto kKeys = std::to_array<Key>({
    {"archive-depth", Kind::number},
    {"baseline", Kind::text, true},
    {"confidence", Kind::text},
    {"decode-depth", Kind::number},
    {"exclude", Kind::texts},
    {"fail-crossings", Kind::text},
    {"fail-on", Kind::text},
    {"max-file-size", Kind::text},
    {"only", Kind::texts},
    {"rules", Kind::texts, true},
    {"skip", Kind::texts},
});

// Known options all the same, so that the error can say why.
constexpr auto kOnlyOnCommandLine = std::to_array<std::string_view>(
    {"allow-host", "endpoint", "format", "output", "plan", "privileges",
     "show-secrets", "state", "user-agent", "write-baseline"});

// Without links and dots; as it is when it is not there.
fs::path absolute(const fs::path& path) {
  std::error_code error;
  fs::path found = fs::weakly_canonical(path, error);
  return error ? path : found;
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

fs::path root_of_repository(fs::path folder) {
  for (; !is_there(folder / ".git"); folder = folder.parent_path()) {
    if (folder == folder.parent_path()) return {};
  }
  return folder;
}

// What the globs of the command line are relative to.
fs::path scanned_folder(const ConfigRequest& request) {
  if (request.is_change) {
    const fs::path here = absolute(".");
    const fs::path root = root_of_repository(here);
    return root.empty() ? here : root;
  }
  const fs::path target = absolute(request.target);
  std::error_code error;
  return fs::is_directory(target, error) ? target : target.parent_path();
}

// Fits at one place only, as in .gitignore: a slash stands before its end.
bool is_separate(std::string_view glob) {
  return glob.size() > 1 && glob.find('/') < glob.size() - 1;
}

// Reads one file; the first mistake ends it.
class ConfigReader {
 public:
  ConfigReader(const std::string& path, const ConfigRequest& request,
               CLI::App& command)
      : path_(path),
        from_(absolute(path).parent_path()),
        to_(scanned_folder(request)),
        has_more_targets_(request.has_more_targets),
        command_(command) {}

  Status read() {
    TRY_ASSIGN(const std::string text, read_file(path_));
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
      return fail(path_ + ":" +
                  std::to_string(parsed.error().source().begin.line) + ": " +
                  std::string(parsed.error().description()));
    }
    for (const auto& [key, value] : parsed.table()) {
      TRY(apply(key.str(), value));
    }
    return {};
  }

 private:
  tl::unexpected<Error> error(const toml::node& at,
                              const std::string& what) const {
    return fail(path_ + ":" + std::to_string(at.source().begin.line) + ": " +
                what);
  }

  Status apply(std::string_view name, const toml::node& value) {
    const auto key =
        std::find_if(kKeys.begin(), kKeys.end(),
                     [&](const Key& each) { return each.name == name; });
    if (key == kKeys.end()) return error(value, unknown(name));
    CLI::Option* const option =
        command_.get_option_no_throw("--" + std::string(name));
    if (!option) return {};  // of another command
    std::vector<std::string> words;
    TRY(read_words(*key, value, words));
    // Of one value the command line has the last word.
    if (words.empty() || (key->kind != Kind::texts && option->count() > 0)) {
      return {};
    }
    option->add_result(std::move(words));
    try {
      option->run_callback();
    } catch (const CLI::Error& wrong) {
      // "--fail-on: must be one of ..."
      const std::string_view what = wrong.what();
      return error(value,
                   std::string(what.substr(what.starts_with("--") ? 2 : 0)));
    }
    return {};
  }

  static std::string unknown(std::string_view name) {
    const std::string quoted = "`" + std::string(name) + "`";
    if (std::find(kOnlyOnCommandLine.begin(), kOnlyOnCommandLine.end(), name) !=
        kOnlyOnCommandLine.end()) {
      return quoted + " is for the command line alone";
    }
    std::vector<std::string> known;
    known.reserve(kKeys.size());
    for (const Key& key : kKeys) known.emplace_back(key.name);
    const std::string_view meant = nearest(name, known);
    return "unknown key " + quoted +
           (meant.empty() ? "; known are " + listed(known)
                          : "; did you mean `" + std::string(meant) + "`?");
  }

  Status read_words(const Key& key, const toml::node& value,
                    std::vector<std::string>& words) const {
    const std::string name = "`" + std::string(key.name) + "`";
    if (key.kind == Kind::number) {
      const auto number = value.value<std::int64_t>();
      if (!value.is_integer()) return error(value, name + " must be a number");
      words.push_back(std::to_string(*number));
    } else if (key.kind == Kind::text) {
      if (!value.is_string()) return error(value, name + " must be a text");
      words.push_back(in_place(key, *value.value<std::string>()));
    } else {
      const toml::array* const list = value.as_array();
      if (!list) return error(value, name + " must be a list of texts");
      for (const toml::node& item : *list) {
        if (!item.is_string()) {
          return error(item, name + " must be a list of texts");
        }
        std::string word = in_place(key, *item.value<std::string>());
        if (!word.empty()) words.push_back(std::move(word));
      }
    }
    return {};
  }

  std::string in_place(const Key& key, const std::string& word) const {
    if (std::string_view(key.name) == "exclude") {
      // Those of one target's root would fit at another's as well.
      if (has_more_targets_ && is_separate(word)) return {};
      return moved_glob(word, from_, to_);
    }
    const bool is_here = !key.is_path || word.empty() || word.front() == '/';
    const fs::path folder = fs::path(path_).parent_path();
    return is_here ? word : (folder / word).string();
  }

  const std::string path_;
  const fs::path from_, to_;
  const bool has_more_targets_;
  CLI::App& command_;
};

}  // namespace

std::string find_config(const ConfigRequest& request) {
  if (!request.file.empty()) return request.file;
  const fs::path start = scanned_folder(request);
  const fs::path root = root_of_repository(start);
  for (fs::path folder = start;; folder = folder.parent_path()) {
    if (is_there(folder / kName)) return shown_path((folder / kName).string());
    if (folder == root || root.empty()) return {};
  }
}

Status apply_config(const std::string& path, const ConfigRequest& request,
                    CLI::App& command) {
  return ConfigReader(path, request, command).read();
}

std::string moved_glob(const std::string& glob, const std::string& from,
                       const std::string& to) {
  if (from == to) return glob;
  const std::string sign = glob.starts_with('!') ? "!" : "";
  std::string rest = glob.substr(sign.size());
  const bool is_anywhere = !is_separate(rest) || rest.starts_with("**/");
  if (rest.starts_with('/')) rest.erase(0, 1);
  const std::string up = fs::path(to).lexically_relative(from).string();
  if (!up.starts_with("..")) {  // the file stands above what is scanned
    if (is_anywhere) return glob;
    return rest.starts_with(up + "/") ? sign + rest.substr(up.size()) : "";
  }
  const std::string down = fs::path(from).lexically_relative(to).string();
  if (down.starts_with("..")) return {};
  return sign + "/" + down + (is_anywhere ? "/**/" : "/") + rest;
}

}  // namespace overreach
