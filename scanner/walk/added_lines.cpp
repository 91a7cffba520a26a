#include "scanner/walk/added_lines.h"

#include <git2.h>

#include <algorithm>
#include <cstring>

#include "scanner/git/libgit2.h"

namespace overreach {
namespace {

// Larger texts are not compared line by line: all of it counts as added.
constexpr std::size_t kMaxDiffBytes = 64 * 1024 * 1024;

// Appends what was added, its lines counted from the one given.
struct Added {
  LineRuns lines;
  std::uint32_t first;
};

int add_line(const git_diff_delta*, const git_diff_hunk*,
             const git_diff_line* line, void* payload) {
  if (line->origin != GIT_DIFF_LINE_ADDITION) return 0;
  auto& [lines, first] = *static_cast<Added*>(payload);
  const auto number = first + static_cast<std::uint32_t>(line->new_lineno) - 1;
  if (!lines.empty() && lines.back().second + 1 == number) {
    lines.back().second = number;
  } else {
    lines.emplace_back(number, number);
  }
  return 0;
}

bool has_lines(std::string_view text) {
  return text.size() <= kMaxDiffBytes && !is_binary_blob(text);
}

// How many bytes both begin with.
std::size_t common_begin(std::string_view a, std::string_view b) {
  constexpr std::size_t kStep = 4096;
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t same = 0;
  while (most - same >= kStep &&
         std::memcmp(a.data() + same, b.data() + same, kStep) == 0) {
    same += kStep;
  }
  while (same < most && a[same] == b[same]) ++same;
  return same;
}

// How many bytes both end with.
std::size_t common_end(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t same = 0;
  while (same < most && a[a.size() - 1 - same] == b[b.size() - 1 - same]) {
    ++same;
  }
  return same;
}

// Takes from both the lines that they begin and end with; returns how many
// bytes stood before.  Most changes are small ones of large files.
std::size_t cut_common(std::string_view& before, std::string_view& now) {
  std::size_t begin = common_begin(before, now);
  begin = begin == 0 ? 0 : now.rfind('\n', begin - 1) + 1;  // npos + 1 is 0
  before.remove_prefix(begin);
  now.remove_prefix(begin);
  const std::size_t end = common_end(before, now);
  const std::size_t line_end = now.find('\n', now.size() - end);
  if (line_end != now.npos) {
    const std::size_t lines = now.size() - line_end - 1;
    before.remove_suffix(lines);
    now.remove_suffix(lines);
  }
  return begin;
}

}  // namespace

bool is_binary_blob(std::string_view content) {
  constexpr std::size_t kLooked = 8000;  // as Git does
  return git_blob_data_is_binary(content.data(),
                                 std::min(content.size(), kLooked));
}

std::optional<LineRuns> added_lines(std::string_view before,
                                    std::string_view now) {
  const GitLibrary library;
  if (!has_lines(before) || !has_lines(now)) return std::nullopt;
  const std::string_view whole = now;
  const std::size_t begin = cut_common(before, now);
  Added added;
  added.first =
      static_cast<std::uint32_t>(count_lines(whole.substr(0, begin))) + 1;
  if (now.empty()) return added.lines;
  if (before.empty()) {
    const auto count = static_cast<std::uint32_t>(count_lines(now));
    return LineRuns{{added.first, added.first + count - 1}};
  }
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.context_lines = 0;
  options.flags = GIT_DIFF_FORCE_TEXT;
  if (git_diff_buffers(before.data(), before.size(), nullptr, now.data(),
                       now.size(), nullptr, &options, nullptr, nullptr, nullptr,
                       add_line, &added) != 0) {
    return std::nullopt;
  }
  return added.lines;
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
