// A fixed list of words, made at build time and asked about every name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>

namespace overreach {

// A list of words that says without a look at them that most others are not
// among them: by their first and last characters and length.
template <std::size_t kCount>
class WordSet {
 public:
  constexpr explicit WordSet(
      const std::array<std::string_view, kCount>& words) {
    for (const std::string_view word : words) {
      lengths_[slot(word)] |= length_bit(word);
      ends_[slot(word)] |= end_bit(word);
      ++begins_[slot(word) + 1];
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    auto next = begins_;
    for (const std::string_view word : words) words_[next[slot(word)]++] = word;
  }
  bool contains(std::string_view word) const {
    if (word.empty() || !(lengths_[slot(word)] & length_bit(word)) ||
        !(ends_[slot(word)] & end_bit(word))) {
      return false;
    }
    const auto first = words_.begin() + begins_[slot(word)];
    const auto last = words_.begin() + begins_[slot(word) + 1];
    return std::find(first, last, word) != last;
  }

 private:
  static constexpr std::size_t kSlots = 64;
  static constexpr std::size_t slot(std::string_view word) {
    return static_cast<unsigned char>(word.front()) % kSlots;
  }
  static constexpr std::uint32_t length_bit(std::string_view word) {
    return std::uint32_t{1} << word.size() % 32;
  }
  static constexpr std::uint32_t end_bit(std::string_view word) {
    return std::uint32_t{1} << static_cast<unsigned char>(word.back()) % 32;
  }
  std::array<std::string_view, kCount> words_;  // by first character
  std::array<std::uint16_t, kSlots + 1> begins_{};
  std::array<std::uint32_t, kSlots> lengths_{}, ends_{};
};

}  // namespace overreach
