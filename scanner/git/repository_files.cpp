#include "scanner/git/repository_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "scanner/base/text.h"

namespace overreach {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFolders = 256;

std::optional<std::string> small_text(const fs::path& path) {
  constexpr std::size_t kMost = 1 << 20;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text(kMost, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

template <typename Use>
void for_each_line(std::string_view text, const Use& use) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    use(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Of Git's config only the two extensions that change what objects are.
Status read_config(const fs::path& path, RepositoryFiles& files) {
  const auto text = small_text(path);
  if (!text) return {};
  std::string section, format;
  for_each_line(*text, [&](std::string_view line) {
    if (line.starts_with('[')) {
      section = lower_case(trimmed(line.substr(1, line.find(']') - 1)));
      return;
    }
    const std::size_t equals = line.find('=');
    const std::string key = lower_case(trimmed(line.substr(0, equals)));
    if (section == "extensions" && key == "partialclone") {
      files.is_partial = true;
    }
    if (section == "extensions" && key == "objectformat" &&
        equals != line.npos) {
      format = lower_case(trimmed(line.substr(equals + 1)));
    }
  });
  if (format == "sha256") {
    files.hash = HashKind::sha256;
  } else if (!format.empty() && format != "sha1") {
    return fail(path.string() + ": objects of the unknown format " + format);
  }
  return {};
}

// A path in an alternates file; one in quotes has escapes as in C.
std::string unquoted(std::string_view line) {
  if (!line.starts_with('"') || !line.ends_with('"') || line.size() < 2) {
    return std::string(line);
  }
  line = line.substr(1, line.size() - 2);
  std::string path;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      path += line[i];
      continue;
    }
    constexpr std::string_view kNames = "abfnrtv", kBytes = "\a\b\f\n\r\t\v";
    const char c = line[++i];
    if (const std::size_t known = kNames.find(c); known != kNames.npos) {
      path += kBytes[known];
    } else if (c >= '0' && c <= '3' && i + 2 < line.size()) {
      path += static_cast<char>((c - '0') << 6 | (line[i + 1] - '0') << 3 |
                                (line[i + 2] - '0'));
      i += 2;
    } else {
      path += c;
    }
  }
  return path;
}

void add_alternates(RepositoryFiles& files, Diagnostics& diagnostics) {
  // The list grows while it is read: alternates have alternates.
  for (std::size_t i = 0; i < files.object_folders.size(); ++i) {
    const fs::path folder = files.object_folders[i];
    const fs::path list = folder / "info" / "alternates";
    const auto text = small_text(list);
    if (!text) continue;
    for_each_line(*text, [&](std::string_view line) {
      if (line.empty() || line.starts_with('#')) return;
      const fs::path named = folder / unquoted(line);
      std::error_code error;
      fs::path whole = fs::canonical(named, error);
      if (error || !fs::is_directory(whole, error)) {
        diagnostics.incomplete(list.string(), "names the folder of objects " +
                                                  named.string() +
                                                  ", which is not there");
        return;
      }
      auto& folders = files.object_folders;
      if (folders.size() < kMostFolders &&
          std::find(folders.begin(), folders.end(), whole.string()) ==
              folders.end()) {
        folders.push_back(whole.string());
      }
    });
  }
}

}  // namespace

Result<RepositoryFiles> find_repository_files(const std::string& git_dir,
                                              Diagnostics& diagnostics) {
  std::error_code error;
  fs::path folder = git_dir;
  if (fs::is_regular_file(folder, error)) {
    constexpr std::string_view kWord = "gitdir:";
    const std::string text = small_text(folder).value_or("");
    if (!text.starts_with(kWord)) {
      return fail(git_dir + ": names no folder of a repository");
    }
    folder = folder.parent_path() / trimmed(text.substr(kWord.size()));
  }
  if (const auto common = small_text(folder / "commondir")) {
    folder /= trimmed(*common);
  }
  RepositoryFiles files;
  const fs::path objects = fs::canonical(folder / "objects", error);
  if (error || !fs::is_directory(objects, error)) {
    return fail(git_dir + ": has no objects, so is no Git repository");
  }
  TRY(read_config(folder / "config", files));
  files.object_folders.push_back(objects.string());
  add_alternates(files, diagnostics);
  return files;
}

}  // namespace overreach
