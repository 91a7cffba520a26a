// The table of stores -> the files that are there.

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "scanner/base/wildmatch.h"
#include "scanner/reach/paths.h"
#include "scanner/reach/reach.h"

namespace overreach {
namespace {

// Below "**": sessions of agents lie a few folders deep, and there are many.
constexpr int kDeepest = 8;
constexpr std::size_t kMostEntries = 100'000;

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(
      ::realpath(path.c_str(), nullptr), std::free);
  if (!real) return std::nullopt;
  return std::string(real.get());
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool is_pattern(std::string_view name) {
  return name.find('*') != std::string_view::npos;
}

std::string_view kind_of(mode_t mode) {
  if (S_ISFIFO(mode)) return "FIFO";
  if (S_ISSOCK(mode)) return "socket";
  return "device";
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

class StoreFinder {
 public:
  StoreFinder(const Standpoint& standpoint, Diagnostics& diagnostics)
      : standpoint_(standpoint), diagnostics_(diagnostics) {}

  std::vector<StoreFile> find() {
    for (const Store& store : stores()) {
      store_ = &store;
      look_at_usual_place();
      look_at_variable();
    }
    std::sort(
        found_.begin(), found_.end(),
        [](const StoreFile& a, const StoreFile& b) { return a.path < b.path; });
    return std::move(found_);
  }

 private:
  void look_at_usual_place() {
    for (const std::string& folder : folders()) {
      root_ = lies_in(folder, standpoint_.folder) ? standpoint_.folder
              : lies_in(folder, standpoint_.home) ? standpoint_.home
                                                  : "/";
      look_below(folder, store_->files);
    }
  }

  // What a variable names may lie anywhere.
  void look_at_variable() {
    std::string_view name = store_->variable;
    const bool is_folder = name.ends_with('/');
    if (is_folder) name.remove_suffix(1);
    const std::string value(variable(standpoint_, name));
    root_ = "/";
    if (is_folder && value.starts_with('/')) {
      look_below(value.ends_with('/') ? value : value + "/", store_->files);
    } else if (!is_folder) {
      for (const std::string& path : split(value, ':')) {
        look_at(path.starts_with('/') ? path : standpoint_.folder + "/" + path);
      }
    }
  }

  // The places that the row's folder stands for, absolute, with '/' at the end.
  std::vector<std::string> folders() const {
    const std::string_view folder = store_->folder;
    if (folder.starts_with("~/")) {
      return {standpoint_.home + std::string(folder.substr(1))};
    }
    if (folder.starts_with("./")) {
      return {standpoint_.folder + std::string(folder.substr(1))};
    }
    if (!folder.starts_with('{')) {
      return folder.empty() ? std::vector<std::string>()
                            : std::vector{std::string(folder)};
    }
    struct Base {
      std::string_view name, variable, usual;
    };
    constexpr Base kBases[] = {{"{config}", "XDG_CONFIG_HOME", "/.config"},
                               {"{data}", "XDG_DATA_HOME", "/.local/share"},
                               {"{cache}", "XDG_CACHE_HOME", "/.cache"},
                               {"{state}", "XDG_STATE_HOME", "/.local/state"},
                               {"{runtime}", "XDG_RUNTIME_DIR", ""}};
    std::vector<std::string> found;
    for (const Base& base : kBases) {
      if (!folder.starts_with(base.name)) continue;
      const std::string rest(folder.substr(base.name.size()));
      const std::string given(variable(standpoint_, base.variable));
      if (!base.usual.empty()) {
        found.push_back(standpoint_.home + std::string(base.usual) + rest);
      }
      if (given.starts_with('/')) found.push_back(given + rest);
    }
    return found;
  }

  void look_below(const std::string& folder, std::string_view files) {
    for (const std::string& file : split(files, ' ')) {
      expand(folder, split(file, '/'), 0, 0);
    }
  }

  // `folder` ends in '/'; `at` is the next segment of the pattern.
  void expand(const std::string& folder,
              const std::vector<std::string>& segments, std::size_t at,
              int depth) {
    const std::string& segment = segments[at];
    const bool is_last = at + 1 == segments.size();
    if (!is_pattern(segment)) {
      if (is_last) return look_at(folder + segment);
      return expand(folder + segment + "/", segments, at + 1, depth);
    }
    const bool is_deep = segment == "**";
    if (is_deep) expand(folder, segments, at + 1, depth);
    for (const auto& [name, type] : list(folder)) {
      const bool is_folder = type == DT_DIR;
      if (is_deep && is_folder && depth < kDeepest) {
        expand(folder + name + "/", segments, at, depth + 1);
      } else if (!is_deep && wildmatch(segment, name, false)) {
        if (is_last && !is_folder) look_at(folder + name);
        if (!is_last && is_folder) {
          expand(folder + name + "/", segments, at + 1, depth);
        }
      }
    }
  }

  // Names with their kinds, sorted.
  using Names = std::map<std::string, unsigned char>;
  Names list(const std::string& folder) {
    Names names;
    const auto real = inside(folder);
    if (!real) return names;
    const std::unique_ptr<DIR, CloseFolder> open(::opendir(real->c_str()));
    if (!open) {
      if (errno != ENOENT && errno != ENOTDIR) {
        diagnostics_.incomplete(
            shown(folder),
            std::string("cannot be listed: ") + std::strerror(errno));
      }
      return names;
    }
    while (const dirent* const entry = ::readdir(open.get())) {
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (++listed_ == kMostEntries) {
        diagnostics_.incomplete(shown(folder), "too many files to look at");
      }
      if (listed_ >= kMostEntries) break;
      names[name] = type_of(*real + "/" + name, entry->d_type);
    }
    return names;
  }

  // Some file systems do not say.
  static unsigned char type_of(const std::string& path, unsigned char type) {
    struct stat status;
    if (type != DT_UNKNOWN || ::lstat(path.c_str(), &status) != 0) return type;
    return S_ISDIR(status.st_mode) ? DT_DIR : DT_REG;
  }

  // Where `path` really is, if it is there and below the root.
  std::optional<std::string> inside(const std::string& path) {
    const auto real = real_path(path);
    if (!real) {
      if (errno != ENOENT && errno != ENOTDIR) {
        diagnostics_.incomplete(
            shown(path),
            std::string("cannot be looked at: ") + std::strerror(errno));
      }
      return std::nullopt;
    }
    if (lies_in(*real, root_)) return real;
    diagnostics_.left_out(shown(path), "a symbolic link that leads elsewhere");
    return std::nullopt;
  }

  void look_at(const std::string& path) {
    const auto real = inside(path);
    struct stat status;
    if (!real || ::lstat(real->c_str(), &status) != 0 ||
        S_ISDIR(status.st_mode)) {
      return;
    }
    if (!known_.insert(*real).second) return;
    if (!S_ISREG(status.st_mode)) {
      diagnostics_.left_out(shown(path), kind_of(status.st_mode));
      return;
    }
    found_.push_back({store_, shown(path), *real,
                      static_cast<std::uint64_t>(status.st_size)});
  }

  std::string shown(std::string path) const {
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    const std::string& folder = standpoint_.folder;
    if (store_->folder.starts_with("./") && lies_in(path, folder)) {
      return path.substr(std::min(path.size(), folder.size() + 1));
    }
    return shown_path(standpoint_, path);
  }

  const Standpoint& standpoint_;
  Diagnostics& diagnostics_;
  const Store* store_ = nullptr;  // the row that is looked for
  std::string root_;              // links may lead anywhere below it
  std::size_t listed_ = 0;
  std::set<std::string> known_;  // real paths
  std::vector<StoreFile> found_;
};

}  // namespace

Result<Standpoint> standing_in(const std::string& folder,
                               const std::string& home,
                               ProcessVariables variables) {
  Standpoint standpoint;
  standpoint.variables = std::move(variables);
  const auto resolve = [](const std::string& path, std::string& to) -> Status {
    struct stat status;
    const auto real = real_path(path);
    if (!real || ::stat(real->c_str(), &status) != 0) {
      return fail(path + ": " + std::strerror(errno));
    }
    if (!S_ISDIR(status.st_mode)) return fail(path + ": is not a folder");
    to = *real;
    return {};
  };
  TRY(resolve(folder, standpoint.folder));
  TRY(resolve(home, standpoint.home));
  return standpoint;
}

std::vector<StoreFile> find_stores(const Standpoint& standpoint,
                                   Diagnostics& diagnostics) {
  return StoreFinder(standpoint, diagnostics).find();
}

}  // namespace overreach
