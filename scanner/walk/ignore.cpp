#include "scanner/walk/ignore.h"

#include <utility>

#include "scanner/base/wildmatch.h"

namespace overreach {
namespace {

constexpr std::string_view kSpecial = "*?[\\";

// Spaces at the end count only behind a backslash.
std::string_view without_end_spaces(std::string_view line) {
  while (!line.empty() && line.back() == ' ') {
    std::size_t slashes = 0;
    while (slashes + 1 < line.size() &&
           line[line.size() - 2 - slashes] == '\\') {
      ++slashes;
    }
    if (slashes % 2 == 1) break;
    line.remove_suffix(1);
  }
  return line;
}

}  // namespace

IgnoreLevel::IgnoreLevel(std::string_view text, std::string base,
                         std::shared_ptr<const IgnoreLevel> parent,
                         bool ignore_case)
    : base_(std::move(base)),
      parent_(std::move(parent)),
      ignore_case_(ignore_case) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    add(line);
    if (end == text.npos) break;
    text.remove_prefix(end + 1);
  }
}

void IgnoreLevel::add(std::string_view line) {
  if (line.empty() || line.front() == '#') return;
  Pattern pattern;
  if (line.front() == '!') {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  line = without_end_spaces(line);
  if (line.ends_with('/')) {
    pattern.directory_only = true;
    line.remove_suffix(1);
  }
  if (line.empty()) return;
  pattern.by_name = line.find('/') == line.npos;
  if (line.front() == '/') line.remove_prefix(1);
  pattern.glob = line;
  pattern.is_literal = line.find_first_of(kSpecial) == line.npos;
  pattern.is_suffix = line.size() > 1 && line.front() == '*' &&
                      line.find_first_of(kSpecial, 1) == line.npos;
  patterns_.push_back(std::move(pattern));
}

bool IgnoreLevel::fits(const Pattern& pattern, std::string_view path,
                       std::string_view name) const {
  const std::string_view text =
      pattern.by_name ? name : path.substr(base_.size());
  if (!ignore_case_) {
    if (pattern.is_literal) return text == pattern.glob;
    if (pattern.is_suffix && pattern.by_name) {
      return text.ends_with(std::string_view(pattern.glob).substr(1));
    }
  }
  return wildmatch(pattern.glob, text, ignore_case_);
}

std::optional<bool> IgnoreLevel::decide(std::string_view path,
                                        bool is_directory) const {
  const std::size_t slash = path.rfind('/');
  const std::string_view name =
      slash == path.npos ? path : path.substr(slash + 1);
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend();
       ++pattern) {
    if (pattern->directory_only && !is_directory) continue;
    if (fits(*pattern, path, name)) return !pattern->negated;
  }
  return std::nullopt;
}

bool IgnoreLevel::is_ignored(std::string_view path, bool is_directory) const {
  for (const IgnoreLevel* level = this; level; level = level->parent_.get()) {
    if (const auto decided = level->decide(path, is_directory)) {
      return *decided;
    }
  }
  return false;
}

}  // namespace overreach
