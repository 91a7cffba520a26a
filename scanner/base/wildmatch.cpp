#include "scanner/base/wildmatch.h"

#include <cctype>
#include <cstddef>
#include <optional>

namespace overreach {
namespace {

char fold(char c, bool ignore_case) {
  return ignore_case && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a')
                                             : c;
}

// Nothing when there is no such class.
std::optional<bool> in_named_class(std::string_view name, unsigned char c,
                                   bool ignore_case) {
  if (name == "alpha") return std::isalpha(c) != 0;
  if (name == "digit") return std::isdigit(c) != 0;
  if (name == "alnum") return std::isalnum(c) != 0;
  if (name == "upper") {
    return std::isupper(c) != 0 || (ignore_case && std::islower(c));
  }
  if (name == "lower") {
    return std::islower(c) != 0 || (ignore_case && std::isupper(c));
  }
  if (name == "space") return std::isspace(c) != 0;
  if (name == "blank") return c == ' ' || c == '\t';
  if (name == "punct") return std::ispunct(c) != 0;
  if (name == "print") return std::isprint(c) != 0;
  if (name == "graph") return std::isgraph(c) != 0;
  if (name == "cntrl") return std::iscntrl(c) != 0;
  if (name == "xdigit") return std::isxdigit(c) != 0;
  return std::nullopt;
}

// Matches `c` with the class that begins behind the '[' at `p`; moves `p`
// behind the ']'.  A class without end matches nothing.
bool in_class(std::string_view pattern, std::size_t& p, char c,
              bool ignore_case, bool& broken) {
  const char folded = fold(c, ignore_case);
  const bool negated =
      p < pattern.size() && (pattern[p] == '!' || pattern[p] == '^');
  if (negated) ++p;
  bool matched = false;
  char previous = 0;
  for (bool first = true;; first = false) {
    if (p >= pattern.size()) {
      broken = true;
      return false;
    }
    char at = pattern[p];
    if (at == ']' && !first) break;
    if (at == '[' && p + 1 < pattern.size() && pattern[p + 1] == ':') {
      const std::size_t close = pattern.find(']', p + 2);
      if (close == pattern.npos) {
        broken = true;
        return false;
      }
      // Without ":]" the '[' is an ordinary character.
      if (close > p + 2 && pattern[close - 1] == ':') {
        const auto named =
            in_named_class(pattern.substr(p + 2, close - p - 3),
                           static_cast<unsigned char>(c), ignore_case);
        if (!named) {
          broken = true;
          return false;
        }
        matched |= *named;
        p = close + 1;
        previous = 0;
        continue;
      }
    }
    if (at == '-' && previous && p + 1 < pattern.size() &&
        pattern[p + 1] != ']') {
      char last = pattern[++p];
      if (last == '\\' && p + 1 < pattern.size()) last = pattern[++p];
      const auto low = static_cast<unsigned char>(previous);
      const auto high = static_cast<unsigned char>(last);
      const auto plain = static_cast<unsigned char>(c);
      matched |= plain >= low && plain <= high;
      if (ignore_case && std::isalpha(plain)) {
        const auto other = static_cast<unsigned char>(plain ^ 32);
        matched |= other >= low && other <= high;
      }
      ++p;
      previous = 0;
      continue;
    }
    if (at == '\\' && p + 1 < pattern.size()) at = pattern[++p];
    matched |= fold(at, ignore_case) == folded;
    previous = at;
    ++p;
  }
  ++p;
  return matched != negated && c != '/';
}

class Matcher {
 public:
  Matcher(std::string_view pattern, std::string_view text, bool ignore_case)
      : pattern_(pattern), text_(text), ignore_case_(ignore_case) {}

  bool run() { return match(0, 0); }

 private:
  static constexpr int kMaxSteps = 200000;

  bool match(std::size_t p, std::size_t t) {
    while (p < pattern_.size()) {
      if (++steps_ > kMaxSteps) return false;
      const char c = pattern_[p];
      if (c == '*') return star(p, t);
      if (t >= text_.size()) return false;
      if (c == '?') {
        if (text_[t] == '/') return false;
        ++p;
      } else if (c == '[') {
        ++p;
        bool broken = false;
        if (!in_class(pattern_, p, text_[t], ignore_case_, broken) || broken) {
          return false;
        }
      } else {
        char plain = c;
        if (c == '\\') {
          if (p + 1 >= pattern_.size()) return false;
          plain = pattern_[++p];
        }
        if (fold(plain, ignore_case_) != fold(text_[t], ignore_case_)) {
          return false;
        }
        ++p;
      }
      ++t;
    }
    return t == text_.size();
  }

  bool star(std::size_t p, std::size_t t) {
    std::size_t end = p;
    while (end < pattern_.size() && pattern_[end] == '*') ++end;
    const bool at_start = p == 0 || pattern_[p - 1] == '/';
    const bool at_end = end == pattern_.size() || pattern_[end] == '/';
    // Only a `**` that is a whole part of the path crosses folders.
    const bool crosses = end - p >= 2 && at_start && at_end;
    if (crosses && end < pattern_.size() && match(end + 1, t)) return true;
    for (;; ++t) {
      if (match(end, t)) return true;
      if (++steps_ > kMaxSteps || t >= text_.size()) return false;
      if (text_[t] == '/' && !crosses) return false;
    }
  }

  const std::string_view pattern_, text_;
  const bool ignore_case_;
  int steps_ = 0;
};

}  // namespace

bool wildmatch(std::string_view pattern, std::string_view text,
               bool ignore_case) {
  return Matcher(pattern, text, ignore_case).run();
}

}  // namespace overreach
