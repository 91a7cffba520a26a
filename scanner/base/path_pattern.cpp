#include "scanner/base/path_pattern.h"

#include <algorithm>
#include <cstddef>

namespace overreach {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == ':';
}

// Compares one segment from its beginning to its end.
class Segment {
 public:
  explicit Segment(std::string_view& name) : name_(name) {}

  bool fits(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    const std::string_view rest = pattern.substr(1);
    switch (pattern.front()) {
      case '@':
        return fits_name(rest, text);
      case '*':
        for (std::size_t n = text.size() + 1; n-- > 0;) {
          if (fits(rest, text.substr(n))) return true;
        }
        return false;
      case '(':
        return fits_choice(rest, text);
      default:
        return !text.empty() && text.front() == pattern.front() &&
               fits(rest, text.substr(1));
    }
  }

 private:
  bool fits_name(std::string_view rest, std::string_view text) {
    if (text.empty() || !is_letter(text.front())) return false;
    std::size_t n = 1;
    while (n < text.size() && is_name(text[n])) ++n;
    for (; n > 0; --n) {
      if (!fits(rest, text.substr(n))) continue;
      name_ = text.substr(0, n);
      return true;
    }
    return false;
  }

  bool fits_choice(std::string_view choices, std::string_view text) {
    const std::size_t end = choices.find(')');
    const std::string_view rest = choices.substr(end + 1);
    choices = choices.substr(0, end);
    while (true) {
      const std::size_t bar = choices.find('|');
      const std::string_view choice = choices.substr(0, bar);
      if (text.starts_with(choice) && fits(rest, text.substr(choice.size()))) {
        return true;
      }
      if (bar == choices.npos) return false;
      choices.remove_prefix(bar + 1);
    }
  }

  std::string_view& name_;
};

std::size_t segments_of(std::string_view text, char separator) {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.end(), separator));
}

std::string_view take_segment(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view segment = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return segment;
}

// Both from their beginnings; the pattern may end with "**".
bool fits_segments(std::string_view pattern, std::string_view path,
                   char separator, std::string_view& name) {
  while (!pattern.empty()) {
    const std::string_view segment = take_segment(pattern, separator);
    if (path.empty()) return false;
    if (segment == "**" && pattern.empty()) return true;
    Segment compare(name);
    if (!compare.fits(segment, take_segment(path, separator))) return false;
  }
  return path.empty();
}

}  // namespace

std::optional<std::string_view> match_path(std::string_view pattern,
                                           std::string_view path,
                                           char separator) {
  std::string_view name;
  if (pattern.starts_with(separator)) {
    pattern.remove_prefix(1);
    if (!fits_segments(pattern, path, separator, name)) return std::nullopt;
    return name;
  }
  const std::size_t wanted = segments_of(pattern, separator);
  const bool is_open = pattern.ends_with("**");
  std::size_t left = segments_of(path, separator);
  while (left >= wanted) {
    if ((left == wanted || is_open) &&
        fits_segments(pattern, path, separator, name)) {
      return name;
    }
    take_segment(path, separator);
    --left;
  }
  return std::nullopt;
}

}  // namespace overreach
