#include "scanner/privilege/iam_pattern.h"

#include <algorithm>
#include <array>

#include "scanner/base/text.h"

namespace overreach {
namespace {

constexpr std::size_t kArnParts = 6;
// ARNs have at most 2048 characters; longer patterns are not worth the time.
constexpr std::size_t kLongest = 4096;

bool is_same(char a, char b) { return a == b; }
bool is_same_letter(char a, char b) {
  return lower_letter(a) == lower_letter(b);
}

// Whether `pattern` takes the whole text.  A wildcard in the text is taken by
// the same or a wider one only, so that a text may be a pattern, too.
bool takes(std::string_view pattern, std::string_view text,
           bool (*same)(char, char)) {
  std::size_t p = 0, t = 0, star = pattern.npos, retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == kAnyText) {
      star = p++;
      retry = t;
    } else if (p < pattern.size() &&
               (pattern[p] == kAnyCharacter ? text[t] != kAnyText
                                            : same(pattern[p], text[t]))) {
      ++p;
      ++t;
    } else if (star != pattern.npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == kAnyText) ++p;
  return p == pattern.size();
}

bool contains(std::string_view outer, std::string_view inner) {
  return takes(outer, inner, is_same);
}

// Whether some text fits both: row by row over the positions in `b`.
bool meets(std::string_view a, std::string_view b) {
  if (a.size() > kLongest || b.size() > kLongest) return true;
  std::vector<char> row(b.size() + 1, 0), next;
  row[0] = 1;
  const auto spread = [&](std::vector<char>& reached) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (reached[j] && b[j] == kAnyText) reached[j + 1] = 1;
    }
  };
  spread(row);
  for (const char c : a) {
    next.assign(b.size() + 1, 0);
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (c == kAnyText && (row[j] || (j > 0 && next[j - 1]))) next[j] = 1;
      if (!row[j] || j == b.size()) continue;
      if (b[j] == kAnyText) {
        next[j] = 1;
      } else if (c == kAnyCharacter || b[j] == kAnyCharacter || c == b[j]) {
        next[j + 1] = 1;
      }
    }
    spread(next);
    row.swap(next);
  }
  return row.back() != 0;
}

using Parts = std::array<std::string_view, kArnParts>;

// What is missing at the end is any text.
Parts arn_parts(std::string_view text) {
  static constexpr char kRest[] = {kAnyText};
  Parts parts;
  parts.fill(std::string_view(kRest, 1));
  for (std::size_t i = 0; i < kArnParts; ++i) {
    const std::size_t end =
        i + 1 < kArnParts ? text.find(':') : std::string_view::npos;
    parts[i] = text.substr(0, end);
    if (end == text.npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

bool is_any(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c == kAnyText; });
}

bool compare(std::string_view a, std::string_view b,
             bool (*test)(std::string_view, std::string_view)) {
  const Parts left = arn_parts(a), right = arn_parts(b);
  for (std::size_t i = 0; i < kArnParts; ++i) {
    if (!test(left[i], right[i])) return false;
  }
  return true;
}

}  // namespace

IamPattern iam_pattern(std::string_view text) {
  IamPattern pattern;
  for (const char c : text) {
    pattern.text += c == '*' ? kAnyText : c == '?' ? kAnyCharacter : c;
  }
  return pattern;
}

std::string to_text(const IamPattern& pattern) {
  std::string text;
  for (const char c : pattern.text) {
    text += c == kAnyText ? '*' : c == kAnyCharacter ? '?' : c;
  }
  return text;
}

bool fits_action(const IamPattern& pattern, std::string_view action) {
  return takes(pattern.text, action, is_same_letter);
}

bool fits_resource(const IamPattern& pattern, std::string_view resource) {
  if (is_any(pattern.text)) return true;
  // An operation about no resource is allowed by "*" only.
  if (resource == "*") return false;
  return compare(pattern.text, resource, contains);
}

bool covers_resource(const IamPattern& outer, const IamPattern& inner) {
  if (is_any(outer.text)) return true;
  if (is_any(inner.text)) return false;
  return compare(outer.text, inner.text, contains);
}

bool overlaps_resource(const IamPattern& a, const IamPattern& b) {
  if (is_any(a.text) || is_any(b.text)) return true;
  return compare(a.text, b.text, meets);
}

bool is_everything(const IamPattern& pattern) { return is_any(pattern.text); }

}  // namespace overreach
