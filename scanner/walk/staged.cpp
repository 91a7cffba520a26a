// What the next commit would add.  Objects come through libgit2; which paths
// differ from HEAD is found with our own index reader: reading a whole index
// into libgit2 costs more than everything else together.

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "scanner/walk/git_index.h"
#include "scanner/walk/libgit2.h"
#include "scanner/walk/staged_paths.h"
#include "scanner/walk/walk.h"

namespace overreach {
namespace {

// Larger texts are not compared line by line: all of it counts as added.
constexpr std::size_t kMaxDiffBytes = 64 * 1024 * 1024;

// Hooks of `git commit -a` and partial commits name another index.
std::string index_path(git_repository* repository) {
  const char* const given = std::getenv("GIT_INDEX_FILE");
  if (!given || !*given) {
    return std::string(git_repository_path(repository)) + "index";
  }
  const char* const root = git_repository_workdir(repository);
  if (*given != '/' && root && ::access(given, F_OK) != 0) {
    return std::string(root) + given;
  }
  return given;
}

std::string_view text_of(const GitBlob& blob) {
  return {static_cast<const char*>(git_blob_rawcontent(blob.get())),
          static_cast<std::size_t>(git_blob_rawsize(blob.get()))};
}

using Lines = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

int add_line(const git_diff_delta*, const git_diff_hunk*,
             const git_diff_line* line, void* payload) {
  if (line->origin != GIT_DIFF_LINE_ADDITION) return 0;
  auto& lines = *static_cast<Lines*>(payload);
  const auto number = static_cast<std::uint32_t>(line->new_lineno);
  if (!lines.empty() && lines.back().second + 1 == number) {
    lines.back().second = number;
  } else {
    lines.emplace_back(number, number);
  }
  return 0;
}

std::uint64_t count_lines(std::string_view text) {
  const auto ends = std::count(text.begin(), text.end(), '\n');
  return static_cast<std::uint64_t>(ends) +
         (!text.empty() && text.back() != '\n');
}

bool has_lines(const GitBlob& blob) {
  return !git_blob_is_binary(blob.get()) &&
         text_of(blob).size() <= kMaxDiffBytes;
}

// The lines of `now` that `before` does not have; nothing when they cannot be
// told, and all lines count.
std::optional<Lines> added_lines(const GitBlob& before, const GitBlob& now) {
  if (!before || !has_lines(before) || !has_lines(now)) return std::nullopt;
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.context_lines = 0;
  options.flags = GIT_DIFF_FORCE_TEXT;
  Lines lines;
  // Not git_diff_blobs: for the attributes of no path it reads the index.
  const std::string_view old = text_of(before), text = text_of(now);
  if (git_diff_buffers(old.data(), old.size(), nullptr, text.data(),
                       text.size(), nullptr, &options, nullptr, nullptr,
                       nullptr, add_line, &lines) != 0) {
    return std::nullopt;
  }
  return lines;
}

// Nothing when the file adds nothing, or cannot be read.
std::optional<TextSource> read_file(git_repository* repository,
                                    const StagedFile& file,
                                    Diagnostics& diagnostics) {
  const GitBlob now = load_blob(repository, file.now);
  if (!now) {
    diagnostics.incomplete(
        file.path, "its staged content cannot be read: " + git_error_text());
    return std::nullopt;
  }
  TextSource source;
  source.path = file.path;
  source.exposure = Exposure::staged;
  source.source = "index";
  const GitBlob before =
      file.before ? load_blob(repository, *file.before) : GitBlob();
  if (auto lines = added_lines(before, now)) {
    if (lines->empty()) return std::nullopt;
    for (const auto& [first, last] : *lines) {
      source.added_line_count += last - first + 1;
    }
    source.added_lines = std::move(*lines);
  } else {
    source.added_line_count = count_lines(text_of(now));
  }
  source.text = text_of(now);
  return source;
}

}  // namespace

Result<std::vector<TextSource>> staged_changes(const std::string& directory,
                                               Diagnostics& diagnostics) {
  const GitLibrary library;
  TRY_ASSIGN(const GitRepository repository, open_repository(directory));
  TRY_ASSIGN(const GitIndex index,
             GitIndex::open(index_path(repository.get())));
  TRY_ASSIGN(const GitTree head, head_tree(repository.get()));
  const auto changed =
      staged_paths(repository.get(), head.get(), index, diagnostics);
  if (!changed) {
    return fail(index_path(repository.get()) + ": " + changed.error().text);
  }
  std::vector<TextSource> sources;
  for (const StagedFile& file : changed->files) {
    const std::string oid(reinterpret_cast<const char*>(file.now.id),
                          GIT_OID_RAWSZ);
    if (!file.before && changed->removed.contains(oid)) continue;
    if (auto source = read_file(repository.get(), file, diagnostics)) {
      sources.push_back(std::move(*source));
    }
  }
  return sources;
}

}  // namespace overreach
