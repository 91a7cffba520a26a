#include "scanner/walk/added_lines.h"

#include <algorithm>

namespace overreach {
namespace {

// Larger texts are not compared line by line: all of it counts as added.
constexpr std::size_t kMaxDiffBytes = 64 * 1024 * 1024;

int add_line(const git_diff_delta*, const git_diff_hunk*,
             const git_diff_line* line, void* payload) {
  if (line->origin != GIT_DIFF_LINE_ADDITION) return 0;
  auto& lines = *static_cast<LineRuns*>(payload);
  const auto number = static_cast<std::uint32_t>(line->new_lineno);
  if (!lines.empty() && lines.back().second + 1 == number) {
    lines.back().second = number;
  } else {
    lines.emplace_back(number, number);
  }
  return 0;
}

bool has_lines(const GitBlob& blob) {
  return !git_blob_is_binary(blob.get()) &&
         text_of(blob).size() <= kMaxDiffBytes;
}

}  // namespace

std::string_view text_of(const GitBlob& blob) {
  return {static_cast<const char*>(git_blob_rawcontent(blob.get())),
          static_cast<std::size_t>(git_blob_rawsize(blob.get()))};
}

std::optional<LineRuns> added_lines(const GitBlob& before, const GitBlob& now) {
  if (!before || !has_lines(before) || !has_lines(now)) return std::nullopt;
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.context_lines = 0;
  options.flags = GIT_DIFF_FORCE_TEXT;
  LineRuns lines;
  // Not git_diff_blobs: for the attributes of no path it reads the index.
  const std::string_view old = text_of(before), text = text_of(now);
  if (git_diff_buffers(old.data(), old.size(), nullptr, text.data(),
                       text.size(), nullptr, &options, nullptr, nullptr,
                       nullptr, add_line, &lines) != 0) {
    return std::nullopt;
  }
  return lines;
}

LineRuns in_both(const LineRuns& a, const LineRuns& b) {
  LineRuns both;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    const auto first = std::max(i->first, j->first);
    const auto last = std::min(i->second, j->second);
    if (first <= last) both.emplace_back(first, last);
    i->second < j->second ? ++i : ++j;
  }
  return both;
}

std::uint64_t count_lines(std::string_view text) {
  const auto ends = std::count(text.begin(), text.end(), '\n');
  return static_cast<std::uint64_t>(ends) +
         (!text.empty() && text.back() != '\n');
}

std::uint64_t count_lines(const LineRuns& runs) {
  std::uint64_t count = 0;
  for (const auto& [first, last] : runs) count += last - first + 1;
  return count;
}

}  // namespace overreach
