// What tests of the matcher share: a text with the padding it needs, a matcher
// with the built-in rules, and findings as plain strings.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/match/match.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {

// A text followed by the bytes that the matcher may read behind it.
class PaddedText {
 public:
  explicit PaddedText(std::string_view text, char padding = '\0')
      : bytes_(text), size_(text.size()) {
    bytes_.append(kTextPadding, padding);
  }
  std::string_view view() const& { return {bytes_.data(), size_}; }
  std::string_view view() && = delete;

 private:
  std::string bytes_;
  std::size_t size_;
};

inline const RuleSet& all_rules() {
  static const RuleSet rules = builtin_rules();
  return rules;
}

inline const Matcher& all_matcher() {
  static const Matcher matcher(all_rules());
  return matcher;
}

inline MatchResult match_all(std::string_view path, std::string_view text,
                             const Matcher& matcher = all_matcher()) {
  const PaddedText padded(text);
  Matcher::Scratch scratch;
  return matcher.match({.path = path, .bytes = padded.view()}, scratch);
}

// "rule secret" of each candidate, in the order of the text.
inline std::vector<std::string> found_in(
    std::string_view path, std::string_view text,
    const Matcher& matcher = all_matcher()) {
  std::vector<std::string> found;
  for (const Candidate& candidate : match_all(path, text, matcher).candidates) {
    found.push_back(std::string(candidate.rule->id) + " " +
                    std::string(candidate.secret.reveal()));
  }
  return found;
}

// SplitMix64: the same numbers everywhere.
class TestRandom {
 public:
  explicit TestRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t count) { return next() % count; }
  std::string text(std::string_view alphabet, std::size_t length) {
    std::string out;
    while (out.size() < length) out += alphabet[below(alphabet.size())];
    return out;
  }

 private:
  std::uint64_t state_;
};

inline constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

}  // namespace overreach
